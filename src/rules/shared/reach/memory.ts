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

/** What can be remembered with. */
export interface Owner { notes?: Map<object, unknown> }

/** A memory for each of some objects, kept with the object itself: a map of all of them would weigh on every garbage collection. */
export class Memories<T> {
  recall(owner: Owner, model: Evaluation, work: () => T): T {
    const notes = owner.notes ??= new Map();
    let memory = notes.get(this) as Memory<T> | undefined;
    if (!memory) notes.set(this, memory = new Memory());
    return memory.recall(model, work);
  }
}
