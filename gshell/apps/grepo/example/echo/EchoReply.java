package example.echo;

/**
 * The echo.
 *
 * @param session name of the stream's session
 * @param text the text of the request
 * @param number the number of the request and one
 */
public record EchoReply(String session, String text, int number) {

}
