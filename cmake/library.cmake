# libhowopen, shared and static, with howopen.h, a pkg-config file and a CMake package. Built and installed with the
# tests and with -DHOWOPEN_LIBRARY=ON; else only by name, howopen_shared and howopen_static.
include(CMakePackageConfigHelpers)

# The number in the SONAME changes when a function of howopen.h does; those that come do not count.
set(HOWOPEN_SOVERSION 0)

add_library(howopen_calls OBJECT src/library/calls.cpp src/library/c_api.cpp)
set_target_properties(howopen_calls PROPERTIES CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
target_include_directories(howopen_calls PRIVATE src)
target_compile_definitions(howopen_calls PRIVATE HOWOPEN_VERSION="${PROJECT_VERSION}")
target_link_libraries(howopen_calls PRIVATE howopen_warnings howopen_core fmt::fmt)

if(HOWOPEN_TESTS OR HOWOPEN_LIBRARY)
  set(apart)
else()
  set(apart EXCLUDE_FROM_ALL)
endif()
add_library(howopen_shared SHARED ${apart} $<TARGET_OBJECTS:howopen_calls>)
set_target_properties(howopen_shared PROPERTIES OUTPUT_NAME howopen VERSION ${PROJECT_VERSION} SOVERSION ${HOWOPEN_SOVERSION}
  EXPORT_NAME howopen LINK_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/src/library/exports.map)
target_link_libraries(howopen_shared PRIVATE howopen_offline howopen_core)
if(NOT APPLE)
  # The functions of howopen.h and no others, of howopen's own libraries or of those that are linked in.
  target_link_options(howopen_shared PRIVATE -Wl,--version-script=${CMAKE_CURRENT_SOURCE_DIR}/src/library/exports.map
    -Wl,--exclude-libs,ALL -Wl,--no-undefined -Wl,--gc-sections)
endif()
if(HOWOPEN_STATIC)
  # Needs the C library of the machine and nothing else: two of those in one process would each have their own heap,
  # locks and threads, and Debian's libc.a is not compiled for a shared library.
  target_link_options(howopen_shared PRIVATE -static-libstdc++ -static-libgcc -Wl,--build-id=none)
endif()

# One archive, so that whoever links it need not know of the rooms inside. The libraries that it uses stay outside.
add_library(howopen_static STATIC ${apart} $<TARGET_OBJECTS:howopen_calls> $<TARGET_OBJECTS:howopen_offline>
  $<TARGET_OBJECTS:howopen_core>)
set_target_properties(howopen_static PROPERTIES OUTPUT_NAME howopen EXPORT_NAME static)

foreach(library howopen_shared howopen_static)
  target_include_directories(${library} INTERFACE $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
endforeach()

if(HOWOPEN_TESTS OR HOWOPEN_LIBRARY)
  set(package ${CMAKE_INSTALL_LIBDIR}/cmake/howopen)
  install(TARGETS howopen_shared EXPORT howopen LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library)
  install(FILES $<TARGET_FILE:howopen_static> DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library)
  install(FILES include/howopen.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT library)
  install(EXPORT howopen NAMESPACE howopen:: FILE howopen-targets.cmake DESTINATION ${package} COMPONENT library)
  configure_package_config_file(cmake/howopen-config.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/howopen-config.cmake
    INSTALL_DESTINATION ${package} PATH_VARS CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_LIBDIR)
  write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/howopen-config-version.cmake COMPATIBILITY SameMinorVersion)
  # The folder that it was installed in, wherever that is.
  file(RELATIVE_PATH up /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
  configure_file(cmake/howopen.pc.in ${CMAKE_CURRENT_BINARY_DIR}/howopen.pc @ONLY)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/howopen-config.cmake ${CMAKE_CURRENT_BINARY_DIR}/howopen-config-version.cmake
    DESTINATION ${package} COMPONENT library)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/howopen.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT library)
endif()
