package example.echo;

/**
 * Something of another session.
 *
 * @param session its name
 * @param here whether it is there; otherwise it has ended
 */
public record SessionEvent(String session, boolean here) {

}
