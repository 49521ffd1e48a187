// SPDX-License-Identifier: GPL-2.0-or-later
// Hangs the kernel when it is loaded: every processor spins with its interrupts off, so that no
// handler, no panic and no software watchdog can help. The hardware watchdog alone ends it.
#include <linux/module.h>
#include <linux/stop_machine.h>

static int spin(void *unused)
{
	for (;;)
		cpu_relax();
	return 0;
}

static int __init rig_hang_init(void)
{
	return stop_machine(spin, NULL, cpu_online_mask);
}

module_init(rig_hang_init);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Hangs every processor");
