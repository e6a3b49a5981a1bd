/* Preloaded into the program under test: a slow disk, a read-only disk, a stepping clock. */
#define _GNU_SOURCE
#include "FaultShim.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static volatile struct faults none;
static volatile struct faults *faults = &none;

__attribute__((constructor)) static void open_faults(void) {
    const char *path = getenv("FAULT_SHIM");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *page = mmap(NULL, sizeof(struct faults), PROT_READ, MAP_SHARED, file, 0);
    if (page != MAP_FAILED) faults = page;
    close(file);
}

static int fails(int file) {
    if (!faults->write_error) return 0;
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    if (!strstr(path, ".db")) return 0;
    errno = (int)faults->write_error;
    return 1;
}

static void delay(void) {
    if (faults->sync_delay_milliseconds) usleep((useconds_t)faults->sync_delay_milliseconds * 1000);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int fsync(int file) { delay(); return NEXT(fsync)(file); }
int fdatasync(int file) { delay(); return NEXT(fdatasync)(file); }
ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
    return fails(file) ? -1 : NEXT(pwrite64)(file, bytes, count, at);
}
ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
    return fails(file) ? -1 : NEXT(pwrite)(file, bytes, count, at);
}
ssize_t write(int file, const void *bytes, size_t count) {
    return fails(file) ? -1 : NEXT(write)(file, bytes, count);
}
int clock_gettime(clockid_t clock, struct timespec *time) {
    int code = NEXT(clock_gettime)(clock, time);
    int64_t offset = faults->clock_offset_milliseconds;
    if (code == 0 && clock == CLOCK_REALTIME && offset) time->tv_sec += offset / 1000;
    return code;
}
