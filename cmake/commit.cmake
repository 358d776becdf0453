# The commit that is built, for `howopen --version -v`; "unknown" where there is no repository.
set(HOWOPEN_COMMIT unknown)
find_package(Git QUIET)
if(GIT_FOUND AND EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/.git)
  execute_process(COMMAND ${GIT_EXECUTABLE} -C ${CMAKE_CURRENT_SOURCE_DIR} rev-parse --short=12 HEAD
    OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed ERROR_QUIET)
  execute_process(COMMAND ${GIT_EXECUTABLE} -C ${CMAKE_CURRENT_SOURCE_DIR} diff --quiet HEAD
    RESULT_VARIABLE changed ERROR_QUIET)
  if(NOT failed)
    set(HOWOPEN_COMMIT ${commit})
    if(changed)
      string(APPEND HOWOPEN_COMMIT ", with changes")
    endif()
  endif()
endif()
