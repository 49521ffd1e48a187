// SPDX-License-Identifier: GPL-2.0-or-later
// A chip without pins: for the daemon a /dev/gpiochip as any other, with edges that the kernel
// stamps. Each of its first four lines is wired to one of the last four, for who looks at lines by
// lines. The other side of the first four is also the directory /sys/devices/platform/rig-gpio:
//
//   levels        the lines, one digit each
//   pull          written "LINE LEVEL": what an input reads, and what an output falls to when it is
//                 given back
//   keep_levels   1: an output that is given back stays as it is, as on Raspberry Pi OS
//
// Unbinding the driver takes the chip away.
#include <linux/bitmap.h>
#include <linux/gpio/driver.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/property.h>

enum { HEATER, FAN, TACH, ESTOP, PINS, SEE_HEATER = PINS, SEE_FAN, DRIVE_TACH, DRIVE_ESTOP, LINES };

static const char *const line_names[LINES] = {
	"HEATER", "FAN", "TACH", "ESTOP", "SEE_HEATER", "SEE_FAN", "DRIVE_TACH", "DRIVE_ESTOP"
};
// As a device tree gives them. Names that the driver itself gives would be looked for on every
// chip, and Linux 6.1 does not survive that after a chip whose lines were in use has gone.
static const struct property_entry rig_properties[] = {
	PROPERTY_ENTRY_STRING_ARRAY("gpio-line-names", line_names), { }
};
// Of the hardware around the chip: it outlives an unbinding. FAN has a resistor to its supply, and
// the emergency stop is a closed contact to it.
static unsigned long pulls = BIT(FAN) | BIT(ESTOP);
static bool keep_levels;

struct rig_chip {
	struct gpio_chip chip;
	raw_spinlock_t lock;
	struct irq_work edges;
	unsigned long outputs, driven, rising, falling, enabled, pending;
};

static unsigned long levels_of(const struct rig_chip *rig)
{
	unsigned long levels = (rig->driven & rig->outputs) | (pulls & ~rig->outputs);

	if (rig->outputs & BIT(DRIVE_TACH))
		__assign_bit(TACH, &levels, rig->driven & BIT(DRIVE_TACH));
	if (rig->outputs & BIT(DRIVE_ESTOP))
		__assign_bit(ESTOP, &levels, rig->driven & BIT(DRIVE_ESTOP));
	__assign_bit(SEE_HEATER, &levels, levels & BIT(HEATER));
	__assign_bit(SEE_FAN, &levels, levels & BIT(FAN));
	return levels;
}

static int rig_get(struct gpio_chip *chip, unsigned int line)
{
	struct rig_chip *rig = gpiochip_get_data(chip);

	return !!(levels_of(rig) & BIT(line));
}

// With the lock held.
static void note_edges(struct rig_chip *rig, unsigned long before)
{
	unsigned long after = levels_of(rig);
	unsigned long edges = (~before & after & rig->rising) | (before & ~after & rig->falling);
	unsigned int line;

	edges &= rig->enabled;
	for_each_set_bit(line, &edges, LINES)
		set_bit(line, &rig->pending);
	if (edges)
		irq_work_queue(&rig->edges);
}

static void change(struct rig_chip *rig, unsigned int line, bool is_output, bool is_driven)
{
	unsigned long flags, before;

	raw_spin_lock_irqsave(&rig->lock, flags);
	before = levels_of(rig);
	__assign_bit(line, &rig->driven, is_driven);
	__assign_bit(line, &rig->outputs, is_output);
	note_edges(rig, before);
	raw_spin_unlock_irqrestore(&rig->lock, flags);
}

static void rig_set(struct gpio_chip *chip, unsigned int line, int value)
{
	struct rig_chip *rig = gpiochip_get_data(chip);

	change(rig, line, rig->outputs & BIT(line), value);
}

static int rig_direction(struct gpio_chip *chip, unsigned int line)
{
	struct rig_chip *rig = gpiochip_get_data(chip);

	return rig->outputs & BIT(line) ? GPIO_LINE_DIRECTION_OUT : GPIO_LINE_DIRECTION_IN;
}

static int rig_make_input(struct gpio_chip *chip, unsigned int line)
{
	change(gpiochip_get_data(chip), line, false, false);
	return 0;
}

static int rig_make_output(struct gpio_chip *chip, unsigned int line, int value)
{
	change(gpiochip_get_data(chip), line, true, value);
	return 0;
}

static void rig_free(struct gpio_chip *chip, unsigned int line)
{
	if (!keep_levels)
		rig_make_input(chip, line);
}

static void rig_mask(struct irq_data *data)
{
	struct gpio_chip *chip = irq_data_get_irq_chip_data(data);
	struct rig_chip *rig = gpiochip_get_data(chip);

	clear_bit(irqd_to_hwirq(data), &rig->enabled);
	gpiochip_disable_irq(chip, irqd_to_hwirq(data));
}

static void rig_unmask(struct irq_data *data)
{
	struct gpio_chip *chip = irq_data_get_irq_chip_data(data);
	struct rig_chip *rig = gpiochip_get_data(chip);

	gpiochip_enable_irq(chip, irqd_to_hwirq(data));
	set_bit(irqd_to_hwirq(data), &rig->enabled);
}

static int rig_set_type(struct irq_data *data, unsigned int type)
{
	struct rig_chip *rig = gpiochip_get_data(irq_data_get_irq_chip_data(data));

	if (type & ~IRQ_TYPE_EDGE_BOTH)
		return -EINVAL;
	assign_bit(irqd_to_hwirq(data), &rig->rising, type & IRQ_TYPE_EDGE_RISING);
	assign_bit(irqd_to_hwirq(data), &rig->falling, type & IRQ_TYPE_EDGE_FALLING);
	return 0;
}

static const struct irq_chip rig_irqs = {
	.name = "rig-gpio",
	.irq_mask = rig_mask,
	.irq_unmask = rig_unmask,
	.irq_set_type = rig_set_type,
	.flags = IRQCHIP_IMMUTABLE,
	GPIOCHIP_IRQ_RESOURCE_HELPERS,
};

// Runs as an interrupt does.
static void send_edges(struct irq_work *work)
{
	struct rig_chip *rig = container_of(work, struct rig_chip, edges);
	unsigned int line;

	for (line = 0; line < LINES; line++)
		if (test_and_clear_bit(line, &rig->pending))
			generic_handle_domain_irq(rig->chip.irq.domain, line);
}

static ssize_t levels_show(struct device *device, struct device_attribute *attribute, char *text)
{
	unsigned long levels = levels_of(dev_get_drvdata(device));
	unsigned int line;

	for (line = 0; line < PINS; line++)
		text[line] = levels & BIT(line) ? '1' : '0';
	text[PINS] = '\n';
	return PINS + 1;
}
static DEVICE_ATTR_RO(levels);

static ssize_t pull_store(struct device *device, struct device_attribute *attribute,
			  const char *text, size_t count)
{
	struct rig_chip *rig = dev_get_drvdata(device);
	unsigned long flags, before;
	unsigned int line, level;

	if (sscanf(text, "%u %u", &line, &level) != 2 || line >= PINS || level > 1)
		return -EINVAL;
	raw_spin_lock_irqsave(&rig->lock, flags);
	before = levels_of(rig);
	__assign_bit(line, &pulls, level);
	note_edges(rig, before);
	raw_spin_unlock_irqrestore(&rig->lock, flags);
	return count;
}
static DEVICE_ATTR_WO(pull);

static ssize_t keep_levels_store(struct device *device, struct device_attribute *attribute,
				 const char *text, size_t count)
{
	return kstrtobool(text, &keep_levels) ? -EINVAL : count;
}
static DEVICE_ATTR_WO(keep_levels);

static struct attribute *rig_attrs[] = {
	&dev_attr_levels.attr, &dev_attr_pull.attr, &dev_attr_keep_levels.attr, NULL
};
ATTRIBUTE_GROUPS(rig);

static int rig_probe(struct platform_device *device)
{
	struct rig_chip *rig = devm_kzalloc(&device->dev, sizeof(*rig), GFP_KERNEL);

	if (!rig)
		return -ENOMEM;
	raw_spin_lock_init(&rig->lock);
	rig->edges = IRQ_WORK_INIT_HARD(send_edges);
	rig->chip = (struct gpio_chip){
		.label = "rig",
		.parent = &device->dev,
		.owner = THIS_MODULE,
		.base = -1,
		.ngpio = LINES,
		.get = rig_get,
		.set = rig_set,
		.get_direction = rig_direction,
		.direction_input = rig_make_input,
		.direction_output = rig_make_output,
		.free = rig_free,
	};
	gpio_irq_chip_set_chip(&rig->chip.irq, &rig_irqs);
	rig->chip.irq.handler = handle_simple_irq;
	rig->chip.irq.default_type = IRQ_TYPE_NONE;
	platform_set_drvdata(device, rig);
	return devm_gpiochip_add_data(&device->dev, &rig->chip, rig);
}

static int rig_remove(struct platform_device *device)
{
	struct rig_chip *rig = platform_get_drvdata(device);

	irq_work_sync(&rig->edges);
	return 0;
}

static struct platform_driver rig_driver = {
	.driver = { .name = "rig-gpio", .dev_groups = rig_groups },
	.probe = rig_probe,
	.remove = rig_remove,
};

static struct platform_device *rig_device;

static int __init rig_init(void)
{
	int result = platform_driver_register(&rig_driver);

	if (result)
		return result;
	rig_device = platform_device_register_full(&(struct platform_device_info){
		.name = "rig-gpio", .id = PLATFORM_DEVID_NONE, .properties = rig_properties });
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
MODULE_DESCRIPTION("GPIO lines of a hardware-in-the-loop rig");
