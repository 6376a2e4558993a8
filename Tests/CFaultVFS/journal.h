#ifndef TOTE_FAULT_JOURNAL_H
#define TOTE_FAULT_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool tote_fault_is_noted(const char *path);
bool tote_fault_is_unsynced(const char *path);
uint32_t tote_fault_new_handle(void);
void tote_fault_note(
    uint32_t kind, uint32_t handle, int64_t offset, const void *bytes, size_t length);
void tote_fault_note_name(uint32_t kind, uint32_t handle, int64_t offset, const char *name);

#endif
