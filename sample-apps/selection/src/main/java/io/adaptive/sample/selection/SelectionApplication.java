package io.adaptive.sample.selection;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Is an oven; with the profile {@code baker}, uses all ovens.
 */
@SpringBootApplication
public class SelectionApplication {

	public static void main(String[] args) {
		SpringApplication.run(SelectionApplication.class, args);
	}

}
