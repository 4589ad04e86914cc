"""How much a device's clock runs apart from ours: the slope of a least-squares line through its time stamps."""

NS_PER_MS = 1_000_000
MS_PER_MIN = 60_000


class Drift:
    """Sums only, so that hours of blocks cost no memory."""

    def __init__(self) -> None:
        self._count = 0
        self._sum_x = self._sum_y = self._sum_xx = self._sum_xy = 0.0
        self.span_ns = 0

    def add(self, device_ns: int, clock_ns: int) -> None:
        """One block: when it began by the device's count of samples, and when by our clock."""
        x, y = device_ns / NS_PER_MS, (clock_ns - device_ns) / NS_PER_MS
        self._count += 1
        self._sum_x += x
        self._sum_y += y
        self._sum_xx += x * x
        self._sum_xy += x * y
        self.span_ns = max(self.span_ns, device_ns)

    @property
    def ms_per_min(self) -> float:
        spread = self._count * self._sum_xx - self._sum_x**2
        if spread <= 0:
            return 0.0
        return (self._count * self._sum_xy - self._sum_x * self._sum_y) / spread * MS_PER_MIN
