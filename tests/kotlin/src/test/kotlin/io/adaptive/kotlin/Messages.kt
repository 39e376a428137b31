package io.adaptive.kotlin

import java.time.Instant
import java.util.UUID

import io.adaptive.annotation.Message

data class One(val text: String)

data class Number(val value: Int)

data class OneList(val items: List<Item>)

data class Item(val name: String, val price: Double)

data class Several(
	val id: UUID,
	val name: String?,
	val count: Int = 5,
	val at: Instant = Instant.EPOCH,
	var note: String? = null,
)

data class Nullable(val int: Int?, val long: Long?, val text: String?, val items: List<Item?>?)

data class Collections(
	val list: List<Int>,
	val set: Set<String>,
	val map: Map<String, Int>,
	val any: Collection<Item>,
	val pairs: List<Pair<String, Int>>,
)

data class Mutable(val list: MutableList<Int>, val map: MutableMap<String, Item>)

data class Open(val value: Any?)

enum class Direction {
	UP {
		override fun step() = 1
	},
	DOWN {
		override fun step() = -1
	};

	abstract fun step(): Int
}

data class Moves(val moves: List<Direction>, val count: Map<Direction, Int>)

sealed interface Shape

data class Circle(val radius: Int) : Shape

data class Group(val shapes: List<Shape>) : Shape

data object Point : Shape

data class Drawing(val first: Shape, val others: List<Shape>)

@JvmInline
value class Id(val text: String)

data class Named(val id: Id, val age: UInt)

data class Page<T>(val content: List<T>, val total: Long)

class Plain(val name: String) {

	override fun equals(other: Any?) = other is Plain && other.name == this.name

	override fun hashCode() = this.name.hashCode()
}

@Message("kotlin.amount")
data class Checked(val amount: Int) {

	init {
		require(this.amount >= 0) { "the amount ${this.amount} is negative" }
	}
}

@Message("kotlin.amount")
data class Unchecked(val amount: Int)

data class Forget(val text: String)
