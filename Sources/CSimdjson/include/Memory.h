// Two hints for tables that are larger than the processor's caches; neither changes what is in them.
#ifndef MEMORY_H
#define MEMORY_H

#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>

// Fetches the cache line of an address without waiting for it.
static inline void vl_prefetch(const void *address) { __builtin_prefetch(address); }

// Asks for large pages for memory that is not touched yet. Refused, it is memory like any other.
static inline void vl_prefer_large_pages(void *address, size_t length) {
    const uintptr_t large = 2u << 20;
    uintptr_t start = ((uintptr_t)address + large - 1) & ~(large - 1);
    uintptr_t end = ((uintptr_t)address + length) & ~(large - 1);
    if (end > start) (void)madvise((void *)start, end - start, 14 /* MADV_HUGEPAGE */);
}

#endif
