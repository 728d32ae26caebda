package io.radstream.producers.phantom;

/** One thing that was drawn, with all that a report has to state of it. */
public sealed interface Abnormality {

  Finding finding();

  /** One that is on a side, or on both. */
  sealed interface Sided extends Abnormality {
    Side side();
  }

  /** Fluid at the lung base. Bilateral ones are of one extent and never large. */
  record Effusion(Side side, Extent extent) implements Sided {
    @Override
    public Finding finding() {
      return Finding.EFFUSION;
    }
  }

  /** Air between lung and chest wall, at the apex and beside it. Never bilateral. */
  record Pneumothorax(Side side, Extent extent) implements Sided {
    @Override
    public Finding finding() {
      return Finding.PNEUMOTHORAX;
    }
  }

  /** A heart wider than half the chest. */
  record Cardiomegaly() implements Abnormality {
    @Override
    public Finding finding() {
      return Finding.CARDIOMEGALY;
    }
  }

  /** A hazy patch. Never bilateral. */
  record Opacity(Side side, Zone zone) implements Sided {
    @Override
    public Finding finding() {
      return Finding.OPACITY;
    }
  }

  /** A small round dense spot. Never bilateral. */
  record Nodule(Side side, Zone zone) implements Sided {
    @Override
    public Finding finding() {
      return Finding.NODULE;
    }
  }
}
