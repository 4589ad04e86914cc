/* Preloaded into xdg-desktop-portal-wlr up to 0.7.1.
 *
 * That portal shares no screen unless the compositor offers its pictures as DMA-BUFs too, and one that draws with the
 * processor alone offers none. So every offer in shared memory is passed on twice, the second time as a DMA-BUF; without
 * a graphics card the portal takes the first kind all the same. From version 0.8 on nothing of this is needed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <string.h>

struct wl_proxy;
extern const char *wl_proxy_get_class(struct wl_proxy *proxy);

typedef int add_listener(struct wl_proxy *proxy, void *listener, void *data);
typedef void event(void);
typedef void buffer_event(void *data, void *frame, uint32_t format, uint32_t width, uint32_t height, uint32_t stride);
typedef void dmabuf_event(void *data, void *frame, uint32_t fourcc, uint32_t width, uint32_t height);

/* The events of zwlr_screencopy_frame_v1, in the protocol's order. */
struct frame_listener {
    buffer_event *buffer;
    event *flags, *ready, *failed, *damage;
    dmabuf_event *linux_dmabuf;
    event *buffer_done;
};

static struct frame_listener theirs;

/* wl_shm numbers its two oldest formats by itself; all others have their FourCC. */
static uint32_t fourcc_of(uint32_t format)
{
    const char *code = format == 0 ? "AR24" : "XR24";
    uint32_t fourcc;
    memcpy(&fourcc, code, sizeof fourcc);
    return format <= 1 ? fourcc : format;
}

static void offer_twice(void *data, void *frame, uint32_t format, uint32_t width, uint32_t height, uint32_t stride)
{
    theirs.buffer(data, frame, format, width, height, stride);
    theirs.linux_dmabuf(data, frame, fourcc_of(format), width, height);
}

int wl_proxy_add_listener(struct wl_proxy *proxy, void *listener, void *data)
{
    static struct frame_listener ours;
    add_listener *next = (add_listener *)dlsym(RTLD_NEXT, "wl_proxy_add_listener");

    if (strcmp(wl_proxy_get_class(proxy), "zwlr_screencopy_frame_v1") == 0) {
        memcpy(&theirs, listener, sizeof theirs);
        ours = theirs;
        ours.buffer = offer_twice;
        listener = &ours;
    }
    return next(proxy, listener, data);
}
