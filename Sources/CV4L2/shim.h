// Video for Linux 2 (linux/videodev2.h) as a few plain functions: its requests are macros and its
// structures hold unions, neither of which Swift can see. Each returns 0, or -1 with errno set.

#ifndef CV4L2_SHIM_H
#define CV4L2_SHIM_H

#include <errno.h>
#include <linux/videodev2.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

static inline int cv4l2_request(int device, unsigned long request, void *argument) {
    int result;
    do {
        result = ioctl(device, request, argument);
    } while (result < 0 && errno == EINTR);
    return result < 0 ? -1 : 0;
}

/// Whether the device captures pictures into mapped buffers.
static inline int cv4l2_can_capture(int device, int *can) {
    struct v4l2_capability capability;
    memset(&capability, 0, sizeof capability);
    if (cv4l2_request(device, VIDIOC_QUERYCAP, &capability) < 0) return -1;
    uint32_t has = capability.capabilities & V4L2_CAP_DEVICE_CAPS ? capability.device_caps
                                                                  : capability.capabilities;
    *can = (has & V4L2_CAP_VIDEO_CAPTURE) && (has & V4L2_CAP_STREAMING);
    return 0;
}

/// The pixel format of that number; EINVAL past the last.
static inline int cv4l2_format_at(int device, uint32_t index, uint32_t *fourcc) {
    struct v4l2_fmtdesc description;
    memset(&description, 0, sizeof description);
    description.index = index;
    description.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    if (cv4l2_request(device, VIDIOC_ENUM_FMT, &description) < 0) return -1;
    *fourcc = description.pixelformat;
    return 0;
}

/// The frame size of that number. `is_range`: anything up to that size, in the device's steps.
static inline int cv4l2_size_at(
    int device, uint32_t fourcc, uint32_t index, uint32_t *width, uint32_t *height, int *is_range) {
    struct v4l2_frmsizeenum size;
    memset(&size, 0, sizeof size);
    size.index = index;
    size.pixel_format = fourcc;
    if (cv4l2_request(device, VIDIOC_ENUM_FRAMESIZES, &size) < 0) return -1;
    *is_range = size.type != V4L2_FRMSIZE_TYPE_DISCRETE;
    *width = *is_range ? size.stepwise.max_width : size.discrete.width;
    *height = *is_range ? size.stepwise.max_height : size.discrete.height;
    return 0;
}

/// The time between two frames of that number, in seconds as a fraction; of a range the shortest.
static inline int cv4l2_interval_at(
    int device, uint32_t fourcc, uint32_t width, uint32_t height, uint32_t index,
    uint32_t *numerator, uint32_t *denominator) {
    struct v4l2_frmivalenum interval;
    memset(&interval, 0, sizeof interval);
    interval.index = index;
    interval.pixel_format = fourcc;
    interval.width = width;
    interval.height = height;
    if (cv4l2_request(device, VIDIOC_ENUM_FRAMEINTERVALS, &interval) < 0) return -1;
    struct v4l2_fract shortest = interval.type == V4L2_FRMIVAL_TYPE_DISCRETE
                                     ? interval.discrete
                                     : interval.stepwise.min;
    *numerator = shortest.numerator;
    *denominator = shortest.denominator;
    return 0;
}

/// Asks for a format; afterwards the values are what the device really gives.
static inline int cv4l2_set_format(
    int device, uint32_t *fourcc, uint32_t *width, uint32_t *height, uint32_t *stride) {
    struct v4l2_format format;
    memset(&format, 0, sizeof format);
    format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    format.fmt.pix.pixelformat = *fourcc;
    format.fmt.pix.width = *width;
    format.fmt.pix.height = *height;
    format.fmt.pix.field = V4L2_FIELD_NONE;
    if (cv4l2_request(device, VIDIOC_S_FMT, &format) < 0) return -1;
    *fourcc = format.fmt.pix.pixelformat;
    *width = format.fmt.pix.width;
    *height = format.fmt.pix.height;
    *stride = format.fmt.pix.bytesperline;
    return 0;
}

/// Asks for so many frames a second; a device may know better.
static inline int cv4l2_set_rate(int device, uint32_t frames_per_second) {
    struct v4l2_streamparm parameters;
    memset(&parameters, 0, sizeof parameters);
    parameters.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    parameters.parm.capture.timeperframe.numerator = 1;
    parameters.parm.capture.timeperframe.denominator = frames_per_second;
    return cv4l2_request(device, VIDIOC_S_PARM, &parameters);
}

/// Asks for mapped buffers; afterwards the count is what the device really gives.
static inline int cv4l2_take_buffers(int device, uint32_t *count) {
    struct v4l2_requestbuffers request;
    memset(&request, 0, sizeof request);
    request.count = *count;
    request.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    request.memory = V4L2_MEMORY_MMAP;
    if (cv4l2_request(device, VIDIOC_REQBUFS, &request) < 0) return -1;
    *count = request.count;
    return 0;
}

/// The memory of a buffer, `NULL` on failure.
static inline void *cv4l2_map(int device, uint32_t index, uint32_t *length) {
    struct v4l2_buffer buffer;
    memset(&buffer, 0, sizeof buffer);
    buffer.index = index;
    buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    buffer.memory = V4L2_MEMORY_MMAP;
    if (cv4l2_request(device, VIDIOC_QUERYBUF, &buffer) < 0) return NULL;
    void *memory = mmap(NULL, buffer.length, PROT_READ, MAP_SHARED, device, buffer.m.offset);
    *length = buffer.length;
    return memory == MAP_FAILED ? NULL : memory;
}

/// Gives a buffer to the device to be filled.
static inline int cv4l2_queue(int device, uint32_t index) {
    struct v4l2_buffer buffer;
    memset(&buffer, 0, sizeof buffer);
    buffer.index = index;
    buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    buffer.memory = V4L2_MEMORY_MMAP;
    return cv4l2_request(device, VIDIOC_QBUF, &buffer);
}

/// Takes the oldest filled buffer; EAGAIN when there is none yet.
static inline int cv4l2_dequeue(int device, uint32_t *index, uint32_t *used, int *is_damaged) {
    struct v4l2_buffer buffer;
    memset(&buffer, 0, sizeof buffer);
    buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    buffer.memory = V4L2_MEMORY_MMAP;
    if (cv4l2_request(device, VIDIOC_DQBUF, &buffer) < 0) return -1;
    *index = buffer.index;
    *used = buffer.bytesused;
    *is_damaged = (buffer.flags & V4L2_BUF_FLAG_ERROR) != 0;
    return 0;
}

static inline int cv4l2_stream(int device, int is_on) {
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    return cv4l2_request(device, is_on ? VIDIOC_STREAMON : VIDIOC_STREAMOFF, &type);
}

#endif
