package io.adaptive.internal.wire;

import java.util.Collection;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.jsontype.TypeIdResolver;
import tools.jackson.databind.jsontype.impl.DefaultTypeResolverBuilder;
import tools.jackson.databind.jsontype.impl.TypeIdResolverBase;

/**
 * Names of concrete types where the declared type does not tell them: for a sealed type
 * its permitted types, for {@code Object} and interfaces the closed table of JDK values
 * and the registered types. A class that none of them names is never loaded.
 */
final class JacksonTypes {

	static final String PROPERTY = "@type";

	private JacksonTypes() {
	}

	private static boolean isSealedType(Class<?> type) {
		return type.isSealed() && !type.isEnum() && !JdkValues.isOfTheJdk(type);
	}

	/**
	 * Gives sealed types their names without annotations on the messages.
	 */
	static final class SealedTypes extends JacksonAnnotationIntrospector {

		private static final long serialVersionUID = 1L;

		@Override
		public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
			JsonTypeInfo.Value annotatedInfo = super.findPolymorphicTypeInfo(config, annotated);
			if (annotatedInfo != null || !isSealedClass(annotated)) {
				return annotatedInfo;
			}
			return JsonTypeInfo.Value.construct(JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, PROPERTY, null, false,
					null);
		}

		@Override
		public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
			if (!isSealedClass(annotated)) {
				return super.findSubtypes(config, annotated);
			}
			return MessageType.of(annotated.getRawType())
				.members()
				.stream()
				.map((member) -> new NamedType(member, MessageType.of(member).name()))
				.toList();
		}

		private static boolean isSealedClass(Annotated annotated) {
			return annotated.getAnnotated() instanceof Class<?> type && isSealedType(type);
		}

	}

	/**
	 * Gives values their names where a message declares {@code Object} or an interface.
	 */
	static final class OpenValues extends DefaultTypeResolverBuilder {

		private static final long serialVersionUID = 1L;

		private final transient RegisteredTypes registered;

		OpenValues(RegisteredTypes registered) {
			// The resolver of ids decides alone; the validator is asked about nothing.
			super(BasicPolymorphicTypeValidator.builder().build(),
					tools.jackson.databind.DefaultTyping.JAVA_LANG_OBJECT, PROPERTY);
			this.registered = registered;
		}

		private OpenValues(OpenValues base, Class<?> defaultType) {
			super(base, defaultType);
			this.registered = base.registered;
		}

		@Override
		public OpenValues withDefaultImpl(Class<?> defaultType) {
			return new OpenValues(this, defaultType);
		}

		@Override
		public boolean useForType(JavaType type) {
			return OpenTypes.isOpen(type.getRawClass());
		}

		@Override
		protected TypeIdResolver idResolver(DatabindContext context, JavaType base, PolymorphicTypeValidator validator,
				Collection<NamedType> subtypes, boolean forSerialization, boolean forDeserialization) {
			return new Names(base, this.registered);
		}

	}

	/**
	 * Names of the JDK's values and of registered types.
	 */
	private static final class Names extends TypeIdResolverBase {

		private static final long serialVersionUID = 1L;

		private final transient RegisteredTypes registered;

		Names(JavaType base, RegisteredTypes registered) {
			super(base);
			this.registered = registered;
		}

		@Override
		public String idFromValue(DatabindContext context, Object value) {
			return idFromValueAndType(context, value, value.getClass());
		}

		@Override
		public String idFromValueAndType(DatabindContext context, @Nullable Object value, Class<?> suggested) {
			Class<?> type = (value != null) ? value.getClass() : suggested;
			Class<?> known = JdkValues.typeOf(type);
			if (known != null) {
				return known.getTypeName();
			}
			String name = this.registered.nameOf(type);
			if (name != null) {
				return name;
			}
			Class<?> kind = PlainCollections.kindOf(type);
			if (kind == null) {
				throw new IllegalArgumentException(RegisteredTypes.missing(type));
			}
			return kind.getTypeName();
		}

		@Override
		public JavaType typeFromId(DatabindContext context, String id) throws JacksonException {
			Class<?> type = this.registered.named(id);
			if (type == null) {
				type = JdkValues.named(id);
			}
			if (type == null || !this._baseType.getRawClass().isAssignableFrom(type)) {
				throw InvalidTypeIdException.from(null,
						"a value of type %s, which is not registered here".formatted(id), this._baseType, id);
			}
			return (this._baseType.getRawClass() == Object.class || type.getTypeParameters().length == 0)
					? context.constructType(type) : context.constructSpecializedType(this._baseType, type);
		}

		@Override
		public JsonTypeInfo.Id getMechanism() {
			return JsonTypeInfo.Id.CUSTOM;
		}

	}

}
