# For aarch64 on another machine, by Debian's cross compiler (g++-aarch64-linux-gnu), with what
# `packaging/static_libs.sh build/static-libs-arm64 arm64` has put together.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64-static -L /usr/aarch64-linux-gnu)
get_filename_component(foreign ${CMAKE_CURRENT_LIST_DIR}/../build/static-libs-arm64 ABSOLUTE)
set(CMAKE_FIND_ROOT_PATH ${foreign}/prefix ${foreign}/sysroot)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
# Headers that differ from machine to machine; a native compiler knows the folder.
include_directories(SYSTEM ${foreign}/sysroot/usr/include/aarch64-linux-gnu)
set(ENV{PKG_CONFIG_LIBDIR} ${foreign}/sysroot/usr/lib/aarch64-linux-gnu/pkgconfig)
set(ENV{PKG_CONFIG_SYSROOT_DIR} ${foreign}/sysroot)
