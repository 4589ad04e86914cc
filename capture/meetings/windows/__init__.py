"""What Windows tells of meetings. Written from documentation; it has not run on real hardware."""
