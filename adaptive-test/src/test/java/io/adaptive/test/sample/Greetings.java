package io.adaptive.test.sample;

import org.springframework.stereotype.Component;

@Component
class Greetings {

	String greet(String who) {
		return "Hello " + who;
	}

}
