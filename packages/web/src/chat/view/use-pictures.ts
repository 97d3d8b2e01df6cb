import type { TargetedDragEvent } from "preact";
import { useState } from "preact/hooks";
import { choosePictures } from "../choose-pictures.ts";

/** How pictures come into a chat: chosen, pasted, or dropped on it. */
export interface Pictures {
  /** What could not be sent of the last ones, and why. */
  fault: string | undefined;
  take(files: readonly File[]): void;
  onDragOver(event: TargetedDragEvent<HTMLElement>): void;
  onDrop(event: TargetedDragEvent<HTMLElement>): void;
}

/** Takes pictures while `isOpen`; at other times the browser does with dropped files what it does elsewhere. */
export function usePictures(send: (picture: File) => void, isOpen: boolean): Pictures {
  const [fault, setFault] = useState<string>();
  function take(files: readonly File[]): void {
    const choice = choosePictures(files);
    setFault(choice.fault);
    for (const picture of choice.pictures) send(picture);
  }
  return {
    fault: isOpen ? fault : undefined,
    take,
    onDragOver(event) {
      if (isOpen && event.dataTransfer?.types.includes("Files")) event.preventDefault();
    },
    onDrop(event) {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (!isOpen || files.length === 0) return;
      event.preventDefault();
      take(files);
    },
  };
}
