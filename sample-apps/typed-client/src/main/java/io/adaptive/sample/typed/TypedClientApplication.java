package io.adaptive.sample.typed;

import io.adaptive.message.RemoteException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Calls each method of the interface once.
 */
@SpringBootApplication
public class TypedClientApplication {

	public static void main(String[] args) {
		try (ConfigurableApplicationContext context = SpringApplication.run(TypedClientApplication.class, args)) {
			calculate(context.getBean(Calculator.class));
		}
	}

	private static void calculate(Calculator calculator) {
		System.out.println("1 + 2 = " + calculator.sum(1, 2));
		System.out.println("3 + 4 = " + calculator.addLater(new Add(3, 4)).block().value());
		System.out.println("root of 9: " + calculator.root(new Root(9)).map(Result::value));
		System.out.println("root of 10: " + calculator.root(new Root(10)).map(Result::value));
		System.out.println("counted: " + calculator.countTo(new CountTo(3)).map(Result::value).collectList().block());
		calculator.note(new Note("that was easy"));
		try {
			calculator.sum(Long.MAX_VALUE, 1);
		}
		catch (RemoteException ex) {
			System.out.println("failed: " + ex.getMessage());
		}
	}

}
