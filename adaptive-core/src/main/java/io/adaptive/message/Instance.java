package io.adaptive.message;

/**
 * The identity of a running node. Two processes of a program on one machine share the
 * provider id and differ in the incarnation, and so do the runs of a program before and
 * after a restart.
 *
 * @param provider the provider id of the machine
 * @param incarnation a random number chosen when the node starts
 */
public record Instance(ProviderId provider, long incarnation) {

	@Override
	public String toString() {
		return this.provider + "#" + Long.toHexString(this.incarnation);
	}

}
