package debug.jvm.freemem;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Collects garbage, and returns memory to the operating system as far as the collector
 * and the native allocator do that.
 */
public final class FreeMem {

	private FreeMem() {
	}

	public static void main(String[] args) throws JMException {
		print("before");
		System.gc();
		trimNativeHeap();
		print("after");
	}

	private static void print(String when) {
		MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
		System.out.println("heap %s: %s KB used, %s KB committed".formatted(when, heap.getUsed() >> 10,
				heap.getCommitted() >> 10));
	}

	/**
	 * Only some JVMs can, on Linux.
	 */
	private static void trimNativeHeap() throws JMException {
		MBeanServer server = ManagementFactory.getPlatformMBeanServer();
		ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
		for (var operation : server.getMBeanInfo(commands).getOperations()) {
			if (operation.getName().equals("systemTrimNativeHeap")) {
				String answer = (String) server.invoke(commands, operation.getName(), new Object[0], new String[0]);
				System.out.println("native memory: " + answer.strip());
			}
		}
	}

}
