#include <stdint.h>

// Memory taken by this process so far, in calls; -1 where the C library has no way to tell.
int64_t tote_allocations(void);
