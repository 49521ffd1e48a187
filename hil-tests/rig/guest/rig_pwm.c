// SPDX-License-Identifier: GPL-2.0-or-later
// A PWM chip of one channel without a pin: for the daemon a chip in /sys/class/pwm as any other.
// What is on its pin is in /sys/devices/platform/rig-pwm/level: the part of the time on, per mille.
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/pwm.h>

struct rig_pwm {
	struct pwm_chip chip;
	unsigned int level;
};

static int rig_apply(struct pwm_chip *chip, struct pwm_device *pwm, const struct pwm_state *state)
{
	struct rig_pwm *rig = container_of(chip, struct rig_pwm, chip);
	unsigned int on = 0;

	if (state->enabled && state->period) {
		on = div64_u64(state->duty_cycle * 1000, state->period);
		if (state->polarity == PWM_POLARITY_INVERSED)
			on = 1000 - on;
	}
	WRITE_ONCE(rig->level, on);
	return 0;
}

static const struct pwm_ops rig_ops = { .apply = rig_apply, .owner = THIS_MODULE };

static ssize_t level_show(struct device *device, struct device_attribute *attribute, char *text)
{
	struct rig_pwm *rig = dev_get_drvdata(device);

	return sysfs_emit(text, "%u\n", READ_ONCE(rig->level));
}
static DEVICE_ATTR_RO(level);

static struct attribute *rig_attrs[] = { &dev_attr_level.attr, NULL };
ATTRIBUTE_GROUPS(rig);

static int rig_probe(struct platform_device *device)
{
	struct rig_pwm *rig = devm_kzalloc(&device->dev, sizeof(*rig), GFP_KERNEL);

	if (!rig)
		return -ENOMEM;
	rig->chip = (struct pwm_chip){ .dev = &device->dev, .ops = &rig_ops, .npwm = 1 };
	platform_set_drvdata(device, rig);
	return devm_pwmchip_add(&device->dev, &rig->chip);
}

static struct platform_driver rig_driver = {
	.driver = { .name = "rig-pwm", .dev_groups = rig_groups },
	.probe = rig_probe,
};

static struct platform_device *rig_device;

static int __init rig_init(void)
{
	int result = platform_driver_register(&rig_driver);

	if (result)
		return result;
	rig_device = platform_device_register_simple("rig-pwm", PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(rig_device)) {
		platform_driver_unregister(&rig_driver);
		return PTR_ERR(rig_device);
	}
	return 0;
}

static void __exit rig_exit(void)
{
	platform_device_unregister(rig_device);
	platform_driver_unregister(&rig_driver);
}

module_init(rig_init);
module_exit(rig_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("PWM channel of a hardware-in-the-loop rig");
