package example.hello;

/**
 * Prints a line.
 */
public final class Hello {

	private Hello() {
	}

	public static void main(String[] args) {
		System.out.println("Hello from " + (args.length == 0 ? "gshell" : args[0]));
	}

}
