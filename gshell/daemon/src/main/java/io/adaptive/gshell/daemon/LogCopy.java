package io.adaptive.gshell.daemon;

import io.adaptive.gshell.message.group.LogChunk;
import io.adaptive.gshell.message.group.ReadLog;
import io.adaptive.gshell.message.group.ResumeLog;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.EndOfStreamException;
import io.adaptive.message.RemoteException;
import io.adaptive.message.StreamResetException;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;

/**
 * A log on its way from a group to its reader: copied from one process of the group after
 * the other, without gap. For one thread.
 */
final class LogCopy {

	private final ReadLog request;

	private final MessageStream reader;

	/** Where the next process goes on; -1 if nothing has been copied. */
	private long position = -1;

	LogCopy(ReadLog request, MessageStream reader) {
		this.request = request;
		this.reader = reader;
	}

	/**
	 * Copies until the log ends, or the process of the group dies.
	 * @param group connection to the process, which is closed
	 * @return whether the group has died, so that the log may go on
	 * @throws AdaptiveException if the group refuses
	 */
	boolean from(Connection group) {
		try (group; MessageStream log = group.newStream()) {
			LogService.whenGone(this.reader, group::close);
			log.send((this.position < 0) ? this.request : new ResumeLog(this.request.reference(), this.position));
			while (true) {
				LogChunk chunk = log.recv(LogChunk.class);
				this.reader.send(chunk);
				this.position = chunk.position();
			}
		}
		catch (EndOfStreamException ex) {
			return false;
		}
		catch (RemoteException ex) {
			throw new AdaptiveException(ex.code(), Delivery.UNKNOWN, ex.error().message(), ex);
		}
		catch (ConnectionLostException | StreamResetException ex) {
			return this.request.follow() && this.reader.isWritable();
		}
	}

}
