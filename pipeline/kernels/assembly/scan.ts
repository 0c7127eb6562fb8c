/**
 * Records of a list, matched against the tree of their known layouts, see `scan_records.ts`: fixed
 * bytes are compared sixteen at a time, values are read into columns of float64.
 */

import { gaveUp, readValue } from "./values";

/** Returned when the columns have no room for another record. */
const full: i32 = -2;

/** An edge's code when no value follows its bytes: the record ends. */
const noValue: i32 = -1;

/** A place between two values, and the edges that may follow, in the order they are tried. */
@unmanaged
class Node {
  edges: usize;
  count: i32;
}

/** Fixed bytes, none of them zero, then a value or the end of the record. */
@unmanaged
class Edge {
  /** Bounds of the value. */
  min: f64;
  max: f64;
  bytes: usize;
  length: i32;
  /** How the value is written. */
  code: i32;
  /** Where the value goes; negative when it is not kept. */
  column: i32;
  next: Node;
  /** Whether the value is the first one of the next record; so many of the bytes are that record's. */
  startsRecord: i32;
  ahead: i32;
  /** A column of the record before, which gets a number that the bytes stand for; negative: none. */
  toColumn: i32;
  number: i32;
  unused: i32;
}

const edgeBytes: usize = offsetof<Edge>();

/** For values that are read only to see where they end. */
const nowhere: usize = 8;

let recordAt: i32 = 0;
let rows: i32 = 0;
let lastAt: i32 = 0;
let lastNode: usize = 0;

/** The record that was being read: the one that fits no layout, or for which there was no room. */
export function recordPlace(): i32 {
  return recordAt;
}

/** Rows that are complete. */
export function rowsScanned(): i32 {
  return rows;
}

/** Where the bytes after the last value of the record read last begin. */
export function tailPlace(): i32 {
  return lastAt;
}

/** The node from which that record ended. */
export function tailNode(): usize {
  return lastNode;
}

/**
 * Matches the record at `at`, and those after it as long as edges lead from one to the next. Returns
 * the place after the last one, `gaveUp`, or `full`.
 * @param to Columns of `capacity` numbers each, one after the other.
 * @param row The first row that is free.
 * @param optional A bit for each column that a record may lack: it gets NaN.
 */
export function scanRecords(
  at: i32,
  root: Node,
  to: usize,
  capacity: i32,
  row: i32,
  optional: i32,
): i32 {
  rows = row;
  recordAt = at;
  if (row == capacity) return full;
  clearRow(to, capacity, row, optional);
  let place = <usize> at;
  let node = root;
  while (true) {
    let edge = changetype<Edge>(node.edges);
    const end = node.edges + <usize> node.count * edgeBytes;
    while (changetype<usize>(edge) < end && !isAt(edge, place)) {
      edge = changetype<Edge>(changetype<usize>(edge) + edgeBytes);
    }
    if (changetype<usize>(edge) >= end) return gaveUp;
    if (edge.toColumn >= 0) store<f64>(slot(to, capacity, row, edge.toColumn), edge.number);
    if (edge.code == noValue) {
      lastAt = <i32> place;
      lastNode = changetype<usize>(node);
      rows = row + 1;
      return <i32> place + edge.length;
    }
    place += edge.length;
    if (edge.startsRecord) {
      rows = ++row;
      recordAt = <i32> place - edge.ahead;
      if (row == capacity) return full;
      clearRow(to, capacity, row, optional);
    }
    const column = edge.column;
    const number = column < 0 ? nowhere : slot(to, capacity, row, column);
    const after = readValue(edge.code, place, number, edge.min, edge.max);
    if (after < 0) return gaveUp;
    place = after;
    node = edge.next;
  }
}

@inline
function slot(to: usize, capacity: i32, row: i32, column: i32): usize {
  return to + <usize> (column * capacity + row) * 8;
}

@inline
function clearRow(to: usize, capacity: i32, row: i32, optional: i32): void {
  for (let rest = optional; rest != 0; rest &= rest - 1) {
    store<f64>(slot(to, capacity, row, ctz(rest)), NaN);
  }
}

/** Sixteen ones and sixteen zeros, for the bytes of the last sixteen that count. */
const ones: usize = memory.data<u8>([
  0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
]);

/** Whether the edge's bytes stand at `at`. */

@inline
function isAt(edge: Edge, at: usize): bool {
  const length = edge.length;
  const bytes = edge.bytes;
  const whole = <usize> (length & ~15);
  for (let i: usize = 0; i < whole; i += 16) {
    if (v128.any_true(v128.xor(v128.load(at + i), v128.load(bytes + i)))) return false;
  }
  const differing = v128.xor(v128.load(at + whole), v128.load(bytes + whole));
  return !v128.any_true(v128.and(differing, v128.load(ones + 16 - (length & 15))));
}

/** One value, as {@link readValue} does, the number thrown away; for layouts that are new. */
export function valueEnd(code: i32, at: i32, min: f64, max: f64): i32 {
  return readValue(code, at, nowhere, min, max);
}
