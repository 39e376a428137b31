package io.adaptive.kotlin

import java.nio.file.Path
import java.time.Duration
import java.time.Instant
import java.util.EnumSet
import java.util.UUID
import java.util.concurrent.atomic.AtomicInteger

import io.adaptive.handler.ReplyHandler
import io.adaptive.message.AdaptiveException
import io.adaptive.message.Delivery
import io.adaptive.message.MessageCodecException
import io.adaptive.message.Scope
import io.adaptive.message.TypeReference
import io.adaptive.node.AdaptiveNode
import io.adaptive.node.ProcessSpace
import io.adaptive.server.Service
import io.adaptive.stream.Connection
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource

/**
 * Classes and collections of Kotlin as messages, with each codec in each scope: what comes back equals what was sent.
 */
class KotlinMessagesTests {

	@TempDir
	lateinit var directory: Path

	private val forgotten = AtomicInteger()

	private fun messages(): List<Any> = listOf(
		One("a"), One(""), Number(-1), Plain("p"),
		OneList(emptyList()), OneList(listOf(Item("a", 0.1))), OneList(buildList { add(Item("b", 2.0)) }),
		Several(UUID(1, 2), "n"), Several(UUID(1, 2), null, -1, Instant.ofEpochSecond(1, 2), "x"),
		Nullable(null, null, null, null), Nullable(1, 2L, "t", listOf(null, Item("a", 1.0))),
		Collections(emptyList(), emptySet(), emptyMap(), emptyList(), emptyList()),
		Collections(
			listOf(1), setOf("a"), mapOf("k" to 1), listOf(Item("a", 1.0)), listOf("p" to 1),
		),
		Collections(
			buildList { addAll(1..3) }, buildSet { add("z"); add("a") }, buildMap { put("z", 1); put("a", 2) },
			buildList { add(Item("i", 1.0)) }, listOf("p" to 1, "q" to 2),
		),
		Collections(
			(1..3).toList().asReversed(), linkedSetOf("z", "a"), sortedMapOf("b" to 1, "a" to 2),
			mapOf("k" to Item("v", 1.0)).values.toList(), listOf(1, 2).map { "n$it" to it },
		),
		Collections(
			listOf(1, 2, 3).subList(1, 3), mapOf("a" to 1, "b" to 2).keys, mapOf("k" to 1).withDefault { 0 },
			arrayListOf(Item("c", 1.0)), emptyMap<String, Int>().toList(),
		),
		Mutable(mutableListOf(1, 2), mutableMapOf("k" to Item("a", 1.0))),
		Open(null), Open("text"), Open(5L), Open(listOf(1L, "a")), Open(mapOf("k" to 1)), Open(emptyList<Int>()),
		Moves(Direction.entries, mapOf(Direction.UP to 1)), Direction.DOWN,
		Circle(1), Point, Group(listOf(Point, Circle(2), Group(emptyList()))), Drawing(Circle(1), listOf(Point)),
		Named(Id("i"), 7u),
	)

	private fun service(): Service {
		var service = Service.named("test", "kotlin")
		messages().map { if (it is Enum<*>) it.declaringJavaClass else it.javaClass }.distinct().forEach { type ->
			@Suppress("UNCHECKED_CAST")
			service = service.handle(type as Class<Any>, ReplyHandler<Any> { it })
		}
		return service.handle(object : TypeReference<List<Item>>() {}.messageType(), ReplyHandler<List<Item>> { items ->
			Page(items, items.size.toLong())
		}).handle(Checked::class.java, ReplyHandler<Checked> { it })
			.handle(Forget::class.java, ReplyHandler<Forget> {
				this.forgotten.incrementAndGet()
				null
			})
	}

	private fun node(space: ProcessSpace, codec: String) = AdaptiveNode.builder()
		.scopes(EnumSet.of(Scope.PROCESS, Scope.OS))
		.listen(0)
		.socketDirectory(this.directory.resolve("s"))
		.processSpace(space)
		.codec(codec)
		.copyInProcess(true)
		.warmUpAtOnce(false)
		.build()

	private fun withConnections(codec: String, use: (Connection) -> Unit) {
		val space = ProcessSpace()
		node(space, codec).use { server ->
			node(space, codec).use { client ->
				val service = service()
				server.newServer().publish(service)
				val near = client.newClient().discoverTimeout(Duration.ofSeconds(30))
				listOf(
					near.scopes(Scope.PROCESS).discover(service.name()), near.scopes(Scope.OS).discover(service.name()),
					near.connect(server.tcpEndpoint().orElseThrow(), service.name()),
				).forEach {
					it.setReceiveTimeout(Duration.ofSeconds(60))
					use(it)
				}
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = ["fory", "json", "cbor"])
	fun aMessageComesBackEqual(codec: String) = withConnections(codec) { connection ->
		// Twice: what has been read is written by the same program.
		repeat(2) {
			messages().forEach { message ->
				val type = if (message is Enum<*>) message.declaringJavaClass else message.javaClass
				assertThat(connection.sendRecv(message, type)).describedAs("%s", connection.info().scope()).isEqualTo(message)
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = ["fory", "json", "cbor"])
	fun aListIsAMessageAndAGenericClassAReply(codec: String) = withConnections(codec) { connection ->
		for (items in listOf(listOf(Item("a", 1.0)), buildList { add(Item("b", 2.0)) })) {
			assertThat(connection.sendRecv(items, object : TypeReference<Page<Item>>() {}))
				.isEqualTo(Page(items, items.size.toLong()))
		}
	}

	@ParameterizedTest
	@ValueSource(strings = ["fory", "json", "cbor"])
	fun anAnswerWithoutAMessageIsVoid(codec: String) = withConnections(codec) { connection ->
		val before = this.forgotten.get()
		val nothing: Any? = connection.sendRecv(Forget("a"), Void::class.java)
		assertThat(nothing).isNull()
		assertThat(this.forgotten.get()).isEqualTo(before + 1)
	}

	@ParameterizedTest
	@ValueSource(strings = ["fory", "json", "cbor"])
	fun aClassThatIsNotRegisteredIsRefusedAtItsSender(codec: String) = withConnections(codec) { connection ->
		assertThatExceptionOfType(MessageCodecException::class.java)
			.isThrownBy { connection.sendRecv(Open(Circle(1)), Open::class.java) }
			.satisfies({ assertThat(it.delivery()).isEqualTo(Delivery.NOT_SENT) })
	}

	/** Fory makes objects of classes without their constructors. */
	@ParameterizedTest
	@ValueSource(strings = ["json", "cbor"])
	fun aConstructorThatRefusesItsValuesTellsWhy(codec: String) = withConnections(codec) { connection ->
		assertThat(connection.sendRecv(Checked(1), Checked::class.java)).isEqualTo(Checked(1))
		assertThatExceptionOfType(AdaptiveException::class.java)
			.isThrownBy { connection.sendRecv(Unchecked(-1), Unchecked::class.java) }
			.withMessageContaining("the amount -1 is negative")
	}

	@ParameterizedTest
	@ValueSource(strings = ["json", "cbor"])
	fun anUnsignedNumberThatDoesNotFitIsRefused(codec: String) = withConnections(codec) { connection ->
		assertThatExceptionOfType(AdaptiveException::class.java)
			.isThrownBy { connection.sendRecv(Named(Id("i"), UInt.MAX_VALUE), Named::class.java) }
	}
}
