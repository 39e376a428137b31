package example.echo;

/**
 * Asks for the other sessions: the server sends {@link SessionEvent} on the stream of
 * this message, first for those that there are, then for those that come and go.
 */
public record WhoElse() {

}
