package example.echo;

/**
 * Asks for an echo.
 *
 * @param text the text
 * @param number a number
 */
public record EchoRequest(String text, int number) {

}
