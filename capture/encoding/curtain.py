"""What is shown while nothing is to be seen."""

from av.video.frame import VideoFrame

from capture.encoding.converter import Picture, Planes
from capture.screen.base import VideoFormat

BLACK, COLOURLESS = 16, 128


def black(video: VideoFormat, captured_ns: int) -> Picture:
    planes = Planes.of_size(video.width_px, video.height_px)
    planes.memory.fill(COLOURLESS)
    planes.luma.fill(BLACK)
    return Picture(VideoFrame.from_numpy_buffer(planes.memory, format="yuv420p"), captured_ns, is_seam=True)
