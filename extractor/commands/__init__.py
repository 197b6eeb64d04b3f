"""The commands of `trichtin`, one file each: a click command object named `command`."""
