// Stands before glibc's malloc and counts; the program's own definition wins over the library's.
#include "AllocationCount.h"
#include <stdlib.h>

#ifdef __GLIBC__
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static _Thread_local int64_t calls;

void *malloc(size_t size) {
    calls++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    calls++;
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
    calls++;
    return __libc_realloc(old, size);
}

int64_t tote_allocations(void) { return calls; }
#else
int64_t tote_allocations(void) { return -1; }
#endif
