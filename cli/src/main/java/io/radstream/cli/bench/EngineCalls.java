package io.radstream.cli.bench;

import static net.bytebuddy.matcher.ElementMatchers.any;
import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.named;

import java.lang.instrument.Instrumentation;
import java.nio.ByteBuffer;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.AgentBuilder.RedefinitionStrategy;
import net.bytebuddy.agent.builder.ResettableClassFileTransformer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;

/** Has every call from Java into the native engine counted, and every byte copied to it. */
final class EngineCalls implements AutoCloseable {

  private static final String BINDINGS = "ai/djl/pytorch/jni/PyTorchLibrary";
  private static final String CALLERS = "ai.djl.pytorch.jni.";

  private final Instrumentation instrumentation;
  private final ResettableClassFileTransformer transformer;

  private EngineCalls(Instrumentation instrumentation, ResettableClassFileTransformer transformer) {
    this.instrumentation = instrumentation;
    this.transformer = transformer;
  }

  /**
   * Counts in {@link EngineCallCount}, until closed.
   *
   * @throws IllegalStateException where this Java does not let a program look at itself
   */
  static EngineCalls count() {
    Instrumentation instrumentation = ByteBuddyAgent.install();
    AgentBuilder builder =
        new AgentBuilder.Default()
            .disableClassFormatChanges()
            .with(RedefinitionStrategy.RETRANSFORMATION)
            .type(nameStartsWith(CALLERS))
            .transform(
                (caller, type, loader, module, domain) ->
                    caller
                        .visit(new AsmVisitorWrapper.ForDeclaredMethods().invokable(any(), calls()))
                        .visit(Advice.to(Copied.class).on(named("createNdFromByteBuffer")))
                        .visit(Advice.to(Put.class).on(named("getByteBuffer"))));
    return new EngineCalls(instrumentation, builder.installOn(instrumentation));
  }

  /** A call of the counter before each call of a binding. */
  private static AsmVisitorWrapper.ForDeclaredMethods.MethodVisitorWrapper calls() {
    return new AsmVisitorWrapper.ForDeclaredMethods.MethodVisitorWrapper() {
      @Override
      public MethodVisitor wrap(
          TypeDescription type,
          MethodDescription method,
          MethodVisitor visitor,
          Implementation.Context context,
          TypePool pool,
          int writerFlags,
          int readerFlags) {
        return new Calls(visitor);
      }
    };
  }

  @Override
  public void close() {
    transformer.reset(instrumentation, RedefinitionStrategy.RETRANSFORMATION);
  }

  private static final class Calls extends MethodVisitor {

    Calls(MethodVisitor next) {
      super(OpenedClassReader.ASM_API, next);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      if (opcode == Opcodes.INVOKEVIRTUAL && owner.equals(BINDINGS)) {
        super.visitMethodInsn(
            Opcodes.INVOKESTATIC,
            Type.getInternalName(EngineCallCount.class),
            "call",
            "()V",
            false);
      }
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }
  }

  /** Its code is put at the beginning of the method that makes an array of a buffer. */
  private static final class Copied {

    private Copied() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(1) ByteBuffer data) {
      EngineCallCount.copied(data.remaining());
    }
  }

  /** At the end of the method that gives the memory of an array, for Java to write to. */
  private static final class Put {

    private Put() {}

    @Advice.OnMethodExit
    static void exit(@Advice.Argument(1) boolean inPlace, @Advice.Return ByteBuffer memory) {
      if (inPlace) {
        EngineCallCount.copied(memory.remaining());
      }
    }
  }
}
