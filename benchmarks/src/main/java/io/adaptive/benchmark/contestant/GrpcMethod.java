package io.adaptive.benchmark.contestant;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;

/**
 * The one gRPC method, over plain bytes: no generated code, no protobuf.
 */
final class GrpcMethod {

	static final MethodDescriptor<byte[], byte[]> ANSWER = MethodDescriptor.<byte[], byte[]>newBuilder()
		.setType(MethodDescriptor.MethodType.UNARY)
		.setFullMethodName("benchmark.Answering/Answer")
		.setRequestMarshaller(new Bytes())
		.setResponseMarshaller(new Bytes())
		.build();

	private GrpcMethod() {
	}

	static ServerServiceDefinition service() {
		return ServerServiceDefinition.builder("benchmark.Answering")
			.addMethod(ANSWER, ServerCalls.asyncUnaryCall(GrpcMethod::answer))
			.build();
	}

	private static void answer(byte[] request, StreamObserver<byte[]> reply) {
		reply.onNext(Bodies.of(ByteBuffer.wrap(request).getInt()));
		reply.onCompleted();
	}

	private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

		@Override
		public InputStream stream(byte[] value) {
			return new KnownBytes(value);
		}

		@Override
		public byte[] parse(InputStream stream) {
			try {
				return stream.readAllBytes();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	private static final class KnownBytes extends ByteArrayInputStream implements KnownLength {

		KnownBytes(byte[] bytes) {
			super(bytes);
		}

	}

}
