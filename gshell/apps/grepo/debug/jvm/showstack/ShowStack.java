package debug.jvm.showstack;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Prints the stacks of all threads of this process. On Java 21 and newer these include
 * virtual threads; the JVM writes them to a file only.
 */
public final class ShowStack {

	private ShowStack() {
	}

	public static void main(String[] args) throws JMException, IOException {
		if (Runtime.version().feature() < 21) {
			System.out.print(command("threadPrint", "-l"));
			return;
		}
		Path folder = Files.createTempDirectory("showstack");
		Path file = folder.resolve("stacks.txt");
		try {
			command("threadDumpToFile", "-format=plain", file.toString());
			System.out.print(Files.readString(file));
		}
		finally {
			Files.deleteIfExists(file);
			Files.delete(folder);
		}
	}

	private static String command(String name, String... arguments) throws JMException {
		MBeanServer server = ManagementFactory.getPlatformMBeanServer();
		return (String) server.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), name,
				new Object[] { arguments }, new String[] { String[].class.getName() });
	}

}
