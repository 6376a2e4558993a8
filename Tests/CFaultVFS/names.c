// What the program does to names without SQLite. These stand in for the C library's functions in
// a program that is linked with this library.
#ifdef __linux__

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CFaultVFS.h"
#include "journal.h"

static void note_two(uint32_t kind, const char *from, const char *to) {
    char names[8192];
    size_t first = strlen(from) + 1, second = strlen(to);
    if (!tote_fault_is_noted(from) || first + second > sizeof names) return;
    memcpy(names, from, first);
    memcpy(names + first, to, second);
    tote_fault_note(kind, 0, 0, names, first + second);
}

int rename(const char *from, const char *to) {
    int result = (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    if (result == 0) note_two(TOTE_FAULT_RENAME, from, to);
    return result;
}

int link(const char *from, const char *to) {
    int result = (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
    if (result == 0) note_two(TOTE_FAULT_LINK, from, to);
    return result;
}

int unlink(const char *name) {
    int result = (int)syscall(SYS_unlinkat, AT_FDCWD, name, 0);
    if (result == 0 && tote_fault_is_noted(name)) {
        tote_fault_note_name(TOTE_FAULT_REMOVE, 0, 0, name);
    }
    return result;
}

int fsync(int file) {
    char place[64], name[4096];
    snprintf(place, sizeof place, "/proc/self/fd/%d", file);
    ssize_t length = readlink(place, name, sizeof name - 1);
    if (length > 0) name[length] = 0;
    if (length <= 0 || !tote_fault_is_unsynced(name)) return (int)syscall(SYS_fsync, file);
    struct stat status;
    if (tote_fault_is_noted(name) && fstat(file, &status) == 0) {
        bool is_folder = S_ISDIR(status.st_mode);
        tote_fault_note_name(
            is_folder ? TOTE_FAULT_SYNC_FOLDER : TOTE_FAULT_SYNC, 0, 0, name);
    }
    return 0;
}

#endif
