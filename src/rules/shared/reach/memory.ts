import { Evaluation } from '../../kernel';

/**
 * What one rule found out and the next will ask again, kept with what was read for it: that is evidence of every rule that rests on it.
 * It lives no longer than an evaluation, so it belongs to one world.
 */
export class Memory<T> {
  private kept?: { readonly value: T; readonly readings: Evaluation['readings'] };

  recall(model: Evaluation, work: () => T): T {
    if (!this.kept) {
      const before = model.readings;
      model.readings = [];
      this.kept = { value: work(), readings: model.readings };
      model.readings = before;
    }
    for (const reading of this.kept.readings) model.record(reading);
    return this.kept.value;
  }
}

/** A memory for each of some objects, which it does not keep alive. */
export class Memories<T> {
  private readonly of = new WeakMap<object, Memory<T>>();

  recall(owner: object, model: Evaluation, work: () => T): T {
    let memory = this.of.get(owner);
    if (!memory) this.of.set(owner, memory = new Memory());
    return memory.recall(model, work);
  }
}
