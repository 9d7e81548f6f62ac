package io.drainwatch.watcher.memory;

/** How memory goes back. */
interface Returning {
  Returning NOTHING =
      new Returning() {
        @Override
        public void fileAgain(Mapping mapping) {
          // what cannot be given back stays
        }

        @Override
        public void freed() {
          // what cannot be given back stays
        }
      };

  /** Drops the pages of a mapping; they come back from the file as they are touched. */
  void fileAgain(Mapping mapping);

  /** What native code has freed and the C library has kept. */
  void freed();
}
