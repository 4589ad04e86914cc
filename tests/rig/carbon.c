/* As much of Carbon as hotkeys ask for. press() plays the user; held() counts what is registered. */

#include <stdint.h>
#include <stdlib.h>

typedef int32_t (*Handler)(void *call, void *event, void *data);
typedef struct { uint32_t event_class, kind; } EventType;
typedef struct { uint32_t signature, number; } HotkeyId;
typedef struct { uint32_t code, modifiers; HotkeyId id; int is_held; } Hotkey;

enum { MOST = 8, EXISTS = -9878 };
static Hotkey hotkeys[MOST];
static int used, taken_code = -1;
static Handler handler;
static int target;

void *GetApplicationEventTarget(void) { return &target; }

int32_t InstallEventHandler(void *where, Handler wanted, unsigned long count, const EventType *types, void *data,
                            void **out) {
    if (where != &target || count != 1 || types->event_class != 'keyb' || types->kind != 5) abort();
    handler = wanted;
    *out = &handler;
    return 0;
}

int32_t RemoveEventHandler(void *what) {
    if (what != &handler) abort();
    handler = NULL;
    return 0;
}

int32_t RegisterEventHotKey(uint32_t code, uint32_t modifiers, HotkeyId id, void *where, uint32_t options, void **out) {
    if (where != &target || options != 0) abort();
    if ((int)code == taken_code) return EXISTS;
    hotkeys[used] = (Hotkey){code, modifiers, id, 1};
    *out = &hotkeys[used++];
    return 0;
}

int32_t UnregisterEventHotKey(Hotkey *hotkey) {
    hotkey->is_held = 0;
    return 0;
}

int32_t GetEventParameter(HotkeyId *event, uint32_t name, uint32_t type, void *actual, unsigned long size,
                          void *actual_size, HotkeyId *out) {
    if (name != '----' || type != 'hkid' || actual != NULL || size != sizeof *out || actual_size != NULL) abort();
    *out = *event;
    return 0;
}

void take(int code) { taken_code = code; }

int held(void) {
    int count = 0;
    for (int at = 0; at < used; at++) count += hotkeys[at].is_held;
    return count + (handler != NULL);
}

void press(uint32_t code, uint32_t modifiers) {
    for (int at = 0; at < used; at++)
        if (hotkeys[at].is_held && hotkeys[at].code == code && hotkeys[at].modifiers == modifiers && handler != NULL)
            handler(NULL, &hotkeys[at].id, NULL);
}
