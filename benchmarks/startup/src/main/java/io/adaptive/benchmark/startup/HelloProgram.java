package io.adaptive.benchmark.startup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts, says how long that took, and calls the service once for each line that it is
 * given.
 */
@SpringBootApplication
public class HelloProgram {

	/**
	 * Runs until there are no more lines.
	 * @param args properties
	 * @throws IOException if the lines cannot be read
	 */
	public static void main(String[] args) throws IOException {
		try (ConfigurableApplicationContext context = SpringApplication.run(HelloProgram.class, args)) {
			long elapsed = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
			long processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000;
			System.out.printf("startup %d %d%n", elapsed, processor);
			BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			while (orders.readLine() != null) {
				System.out.printf("call %d%n", FirstCall.micros(context));
			}
		}
	}

}
