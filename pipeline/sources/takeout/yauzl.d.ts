/** The part of yauzl that we use; the package comes without types. */

import type { Buffer } from "node:buffer";
import type { EventEmitter } from "node:events";

export class RandomAccessReader extends EventEmitter {
  read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void;
  close(callback: (error: Error | null) => void): void;
}

export interface ExtraField {
  readonly id: number;
  readonly data: Buffer;
}

export interface Entry {
  readonly compressedSize: number;
  readonly compressionMethod: number;
  readonly crc32: number;
  readonly extraFields: readonly ExtraField[];
  readonly fileNameRaw: Buffer;
  readonly generalPurposeBitFlag: number;
  readonly uncompressedSize: number;
  isEncrypted(): boolean;
}

export interface ZipFile {
  readonly entryCount: number;
  eachEntry(): AsyncIterableIterator<Entry>;
  readLocalFileHeaderPromise(
    entry: Entry,
    options: { minimal: true },
  ): Promise<{ fileDataStart: number }>;
}

export interface Options {
  readonly autoClose: boolean;
  readonly decodeStrings: boolean;
  readonly validateEntrySizes: boolean;
}

export function fromRandomAccessReaderPromise(
  reader: RandomAccessReader,
  totalSize: number,
  options: Options,
): Promise<ZipFile>;

export function getFileNameLowLevel(
  generalPurposeBitFlag: number,
  fileName: Buffer,
  extraFields: readonly ExtraField[],
  strictFileNames: boolean,
): string;
