package io.adaptive.internal.registry;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import io.adaptive.fixture.ChildJvm;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Writes a journal without end: always the newest ten nodes are there.
 */
final class JournalProgram {

	static final String CONFIRMED = "confirmed ";

	private static final int NODES = 10;

	private JournalProgram() {
	}

	public static void main(String[] arguments) {
		Thread writer = new Thread(() -> write(Path.of(arguments[0])));
		writer.setDaemon(true);
		writer.start();
		ChildJvm.awaitEndOfInput();
	}

	private static void write(Path directory) {
		Journal journal = new Journal(directory, 2000, Disk.OF_THE_MACHINE);
		NavigableMap<Long, Registration> nodes = new TreeMap<>();
		journal.restored().forEach((node) -> nodes.put(node.epoch(), node));
		for (long epoch = journal.nextEpoch();; epoch++) {
			List<CompletableFuture<?>> written = new ArrayList<>();
			Registration node = Registered.registration((int) epoch, epoch, "service-" + epoch);
			nodes.put(epoch, node);
			written.add(journal.append(new JournalEntry.Present(node)));
			while (nodes.firstKey() <= epoch - NODES) {
				written.add(journal.append(new JournalEntry.Gone(nodes.pollFirstEntry().getKey())));
			}
			if (journal.wantsToCompact()) {
				written.add(journal.compact(List.copyOf(nodes.values()), epoch + 1));
			}
			written.forEach(CompletableFuture::join);
			System.out.println(CONFIRMED + epoch);
		}
	}

	static long number(String line) {
		return Long.parseLong(line.substring(CONFIRMED.length()));
	}

	/**
	 * Of the last step the second half may be missing.
	 */
	static void check(List<Registration> restored, long confirmed) {
		List<Long> epochs = restored.stream().map(Registration::epoch).sorted(Comparator.naturalOrder()).toList();
		long last = epochs.get(epochs.size() - 1);
		assertThat(last).isGreaterThanOrEqualTo(confirmed);
		assertThat(epochs).allMatch((epoch) -> epoch >= last - NODES);
		for (long epoch = Math.max(1, last - NODES + 1); epoch <= last; epoch++) {
			assertThat(epochs).contains(epoch);
		}
		assertThat(restored).allSatisfy((node) -> assertThat(node)
			.isEqualTo(Registered.registration((int) node.epoch(), node.epoch(), "service-" + node.epoch())));
	}

}
