/*
 * A library to preload: allocations of more than CG_LARGEST_ALLOCATION bytes fail, as they do where memory is scarce.
 * tests/c/memory.c looks at what becomes of that.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

static size_t largest = (size_t)-1;

__attribute__((constructor)) static void read_largest(void)
{
    const char *text = getenv("CG_LARGEST_ALLOCATION");
    largest = text != NULL ? (size_t)strtoull(text, NULL, 10) : (size_t)-1;
}

static int is_too_large(size_t size)
{
    if (size > largest) {
        errno = ENOMEM;
        return 1;
    }
    return 0;
}

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

void *malloc(size_t size)
{
    return is_too_large(size) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    size_t all = 0;
    if (__builtin_mul_overflow(count, size, &all) || is_too_large(all)) {
        return NULL;
    }
    return __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    return is_too_large(size) ? NULL : __libc_realloc(block, size);
}

void *memalign(size_t alignment, size_t size)
{
    return is_too_large(size) ? NULL : __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size)
{
    void *made = memalign(alignment, size);
    if (made == NULL) {
        return ENOMEM;
    }
    *block = made;
    return 0;
}
