package io.adaptive.internal.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import io.adaptive.fixture.ParallelThreads;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallTableTests {

	private static final int MORE_THAN_THERE_ARE_SLOTS = 1000;

	private final CallTable<Numbered> table = new CallTable<>(Numbered::id);

	private List<Numbered> open() {
		List<Numbered> open = new ArrayList<>();
		this.table.forEach(open::add);
		return open;
	}

	private List<Numbered> addAll() {
		List<Numbered> calls = LongStream.rangeClosed(1, MORE_THAN_THERE_ARE_SLOTS).mapToObj(Numbered::new).toList();
		calls.forEach((call) -> assertThat(this.table.add(call)).isTrue());
		return calls;
	}

	@Test
	void anEmptyTableHasNoCalls() {
		assertThat(this.table.find(1)).isNull();
		assertThat(this.table.remove(1)).isNull();
		assertThat(this.table.remove(new Numbered(1))).isFalse();
		assertThat(open()).isEmpty();
	}

	@Test
	void anyNumberOfCallsMayBeOpen() {
		List<Numbered> calls = addAll();
		assertThat(open()).containsExactlyInAnyOrderElementsOf(calls);
		calls.forEach((call) -> assertThat(this.table.find(call.id())).isSameAs(call));
		calls.forEach((call) -> assertThat(this.table.remove(call.id())).isSameAs(call));
		assertThat(open()).isEmpty();
	}

	@Test
	void anIdIsOpenOnceOnly() {
		addAll().forEach((call) -> assertThat(this.table.add(new Numbered(call.id()))).isFalse());
		assertThat(open()).hasSize(MORE_THAN_THERE_ARE_SLOTS);
	}

	@Test
	void aCallStaysWhereItIsWhenTheSlotBeforeItIsFree() {
		List<Numbered> calls = addAll();
		calls.subList(0, 500).forEach((call) -> assertThat(this.table.remove(call)).isTrue());
		calls.subList(500, 1000).forEach((call) -> {
			assertThat(this.table.find(call.id())).isSameAs(call);
			assertThat(this.table.add(new Numbered(call.id()))).isFalse();
		});
		assertThat(open()).containsExactlyInAnyOrderElementsOf(calls.subList(500, 1000));
	}

	@Test
	void onlyTheCallItselfIsRemovedNotAnotherOfItsId() {
		List<Numbered> calls = addAll();
		calls.forEach((call) -> assertThat(this.table.remove(new Numbered(call.id()))).isFalse());
		assertThat(open()).hasSize(MORE_THAN_THERE_ARE_SLOTS);
	}

	@RepeatedTest(50)
	void ofManyWhoRemoveACallOneGetsIt() throws Exception {
		AtomicLong lastId = new AtomicLong();
		Set<Numbered> removed = ConcurrentHashMap.newKeySet();
		ParallelThreads.run(4, (number) -> {
			for (int i = 0; i < 2000; i++) {
				long id = lastId.incrementAndGet();
				assertThat(this.table.add(new Numbered(id))).isTrue();
				for (long any = Math.max(1, id - 300); any <= id; any += 7) {
					Numbered call = this.table.remove(any);
					assertThat(call == null || removed.add(call)).as("%s for the first time", call).isTrue();
				}
			}
		});
		open().forEach((call) -> assertThat(removed.add(call)).isTrue());
		assertThat(removed).hasSize(8000);
	}

	/** Not a record: each is equal to itself only. */
	private static final class Numbered {

		private final long id;

		Numbered(long id) {
			this.id = id;
		}

		long id() {
			return this.id;
		}

		@Override
		public String toString() {
			return "call " + this.id;
		}

	}

}
