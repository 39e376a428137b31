package debug.jvm.setvmoption;

import java.lang.management.ManagementFactory;
import java.util.List;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;

/**
 * Sets an option of the running JVM, such as {@code MinHeapFreeRatio 20}, and prints the
 * value before. Without arguments it lists the options that can be set.
 */
public final class SetVmOption {

	private SetVmOption() {
	}

	public static void main(String[] args) {
		HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
		if (args.length == 0) {
			jvm.getDiagnosticOptions()
				.forEach((option) -> System.out.println(option.getName() + " " + option.getValue()));
			return;
		}
		if (args.length != 2) {
			throw new IllegalArgumentException("%s arguments; use: setvmoption NAME VALUE".formatted(args.length));
		}
		VMOption option = find(jvm.getDiagnosticOptions(), args[0]);
		jvm.setVMOption(option.getName(), args[1]);
		System.out.println("%s before: %s".formatted(option.getName(), option.getValue()));
		System.out.println("%s now: %s".formatted(option.getName(), jvm.getVMOption(option.getName()).getValue()));
	}

	private static VMOption find(List<VMOption> options, String name) {
		return options.stream()
			.filter((option) -> option.getName().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"%s cannot be set while the JVM runs; setvmoption without arguments lists what can"
						.formatted(name)));
	}

}
