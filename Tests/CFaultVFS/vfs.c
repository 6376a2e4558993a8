// The shim: every call goes to the file of the default VFS; changes are noted on the way.
#include <sqlite3.h>
#include <string.h>

#include "CFaultVFS.h"
#include "journal.h"

typedef struct {
    sqlite3_file base;
    uint32_t handle;
    bool is_noted, is_unsynced, syncs_folder;
    char name[1024];
    // The default VFS keeps its own file in the bytes that follow.
    sqlite3_file real[];
} fault_file;

static sqlite3_vfs *real_vfs;

static fault_file *of(sqlite3_file *file) { return (fault_file *)file; }
static sqlite3_file *real(sqlite3_file *file) { return of(file)->real; }

static int file_close(sqlite3_file *file) { return real(file)->pMethods->xClose(real(file)); }

static int file_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
    return real(file)->pMethods->xRead(real(file), bytes, count, offset);
}

static int file_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
    int result = real(file)->pMethods->xWrite(real(file), bytes, count, offset);
    if (result == SQLITE_OK && of(file)->is_noted) {
        tote_fault_note(TOTE_FAULT_WRITE, of(file)->handle, offset, bytes, (size_t)count);
    }
    return result;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
    int result = real(file)->pMethods->xTruncate(real(file), size);
    if (result == SQLITE_OK && of(file)->is_noted) {
        tote_fault_note(TOTE_FAULT_TRUNCATE, of(file)->handle, size, NULL, 0);
    }
    return result;
}

// The default VFS syncs the folder when a journal or WAL is synced for the first time.
static int file_sync(sqlite3_file *file, int flags) {
    fault_file *own = of(file);
    if (!own->is_unsynced) return real(file)->pMethods->xSync(real(file), flags);
    if (own->is_noted) {
        tote_fault_note(TOTE_FAULT_SYNC, own->handle, 0, NULL, 0);
        if (own->syncs_folder) {
            char *slash = strrchr(own->name, '/');
            size_t length = slash == NULL ? 0 : (size_t)(slash - own->name);
            tote_fault_note(TOTE_FAULT_SYNC_FOLDER, 0, 0, own->name, length);
        }
    }
    own->syncs_folder = false;
    return SQLITE_OK;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
    return real(file)->pMethods->xFileSize(real(file), size);
}

static int file_lock(sqlite3_file *file, int level) {
    return real(file)->pMethods->xLock(real(file), level);
}

static int file_unlock(sqlite3_file *file, int level) {
    return real(file)->pMethods->xUnlock(real(file), level);
}

static int file_is_reserved(sqlite3_file *file, int *answer) {
    return real(file)->pMethods->xCheckReservedLock(real(file), answer);
}

static int file_control(sqlite3_file *file, int operation, void *argument) {
    return real(file)->pMethods->xFileControl(real(file), operation, argument);
}

static int file_sector_size(sqlite3_file *file) {
    return real(file)->pMethods->xSectorSize(real(file));
}

static int file_characteristics(sqlite3_file *file) {
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

// Shared memory is no part of the disk.
static int file_map(sqlite3_file *file, int page, int size, int extend, void volatile **place) {
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, place);
}

static int file_shm_lock(sqlite3_file *file, int offset, int count, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}

static void file_shm_barrier(sqlite3_file *file) {
    real(file)->pMethods->xShmBarrier(real(file));
}

static int file_shm_unmap(sqlite3_file *file, int remove) {
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

// Version 2: no memory maps of the file, whose writes could not be noted.
static const sqlite3_io_methods methods = {
    2, file_close, file_read, file_write, file_truncate, file_sync, file_size, file_lock,
    file_unlock, file_is_reserved, file_control, file_sector_size, file_characteristics, file_map,
    file_shm_lock, file_shm_barrier, file_shm_unmap, NULL, NULL,
};

static int vfs_open(
    sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *given) {
    (void)vfs;
    fault_file *own = of(file);
    memset(own, 0, sizeof *own);
    int existed = 1;
    own->is_noted = name != NULL && strlen(name) < sizeof own->name && tote_fault_is_noted(name);
    own->is_unsynced = tote_fault_is_unsynced(name);
    if (own->is_noted) real_vfs->xAccess(real_vfs, name, SQLITE_ACCESS_EXISTS, &existed);
    int result = real_vfs->xOpen(real_vfs, name, own->real, flags, given);
    if (own->real->pMethods == NULL) return result;
    own->base.pMethods = &methods;
    if (result != SQLITE_OK || !own->is_noted) return result;
    int journals = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL;
    own->syncs_folder = (flags & SQLITE_OPEN_CREATE) && (flags & journals);
    own->handle = tote_fault_new_handle();
    strcpy(own->name, name);
    tote_fault_note_name(TOTE_FAULT_OPEN, own->handle, !existed, name);
    return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync_folder) {
    (void)vfs;
    bool is_unsynced = tote_fault_is_unsynced(name);
    int result = real_vfs->xDelete(real_vfs, name, is_unsynced ? 0 : sync_folder);
    if (result != SQLITE_OK || !tote_fault_is_noted(name)) return result;
    tote_fault_note_name(TOTE_FAULT_REMOVE, 0, 0, name);
    const char *slash = strrchr(name, '/');
    if (sync_folder && slash != NULL) {
        tote_fault_note(TOTE_FAULT_SYNC_FOLDER, 0, 0, name, (size_t)(slash - name));
    }
    return result;
}

int tote_fault_register(void) {
    static sqlite3_vfs own;
    if (real_vfs != NULL) return SQLITE_OK;
    int result = sqlite3_initialize();
    if (result != SQLITE_OK) return result;
    real_vfs = sqlite3_vfs_find(NULL);
    if (real_vfs == NULL) return SQLITE_ERROR;
    own = *real_vfs;
    own.pNext = NULL;
    own.zName = "tote-fault";
    own.szOsFile = (int)sizeof(fault_file) + real_vfs->szOsFile;
    own.xOpen = vfs_open;
    own.xDelete = vfs_delete;
    return sqlite3_vfs_register(&own, 1);
}
