/**
 * The layouts of a document's records: between two values stand fixed bytes, which make a tree. It
 * grows as layouts are met, and lies in the kernels' memory for them to match records against.
 */

import { bytesAt, float64At, int32At, type Workspace } from "../../kernels/memory.ts";
import { noValue, type Reading } from "./scan_value.ts";

/** Fixed bytes, none of them zero, then a value or the end of the record. */
export interface Edge {
  readonly bytes: Uint8Array;
  /** Undefined: the record ends. */
  readonly reading: Reading | undefined;
  readonly next: Node;
  /** Whether the value is the first one of the next record, to which so many of the bytes belong. */
  readonly startsRecord: boolean;
  readonly ahead: number;
  /** A number of the record before that the bytes stand for. */
  readonly stands?: { readonly column: number; readonly number: number };
}

/** A place between two values; the edges that may follow, the longest first. */
export class Node {
  readonly edges: Edge[] = [];

  /** The edge of those bytes and that value, added when it is new. */
  edge(bytes: Uint8Array, reading: Reading | undefined): Edge {
    const known = this.edges.find((edge) =>
      edge.reading === reading && !edge.startsRecord && isEqual(edge.bytes, bytes)
    );
    if (known !== undefined) return known;
    const edge = { bytes, reading, next: new Node(), startsRecord: false, ahead: 0 };
    this.add(edge);
    return edge;
  }

  add(edge: Edge): void {
    this.edges.push(edge);
    // One edge may begin with all bytes of another (`:` and `:"`): the longer one is tried first.
    this.edges.sort((a, b) => b.bytes.length - a.bytes.length);
  }
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

const bytesPerNode = 8;
const bytesPerEdge = 56;

/** A tree in the kernels' memory. */
export interface PlacedTree {
  readonly root: number;
  /** The node at an address. */
  nodeAt(address: number): Node | undefined;
}

/** Writes the tree, as `kernels/assembly/scan.ts` reads it. */
export function placeTree(root: Node, workspace: Workspace): PlacedTree {
  const addresses = new Map<Node, number>();
  const nodes = new Map<number, Node>();
  const place = (node: Node): number => {
    const known = addresses.get(node);
    if (known !== undefined) return known;
    const at = workspace.room(bytesPerNode);
    addresses.set(node, at);
    nodes.set(at, node);
    const edgesAt = workspace.room(node.edges.length * bytesPerEdge);
    node.edges.forEach((edge, index) => {
      const numbers = numbersOf(edge, workspace, place);
      const edgeAt = edgesAt + index * bytesPerEdge;
      float64At(edgeAt, 2).set([edge.reading?.min ?? 0, edge.reading?.max ?? 0]);
      int32At(edgeAt + 16, numbers.length).set(numbers);
    });
    int32At(at, 2).set([edgesAt, node.edges.length]);
    return at;
  };
  return { root: place(root), nodeAt: (address) => nodes.get(address) };
}

function numbersOf(edge: Edge, workspace: Workspace, place: (node: Node) => number): number[] {
  const { bytes, reading, stands } = edge;
  // The kernels compare sixteen bytes at a time.
  const at = workspace.room(bytes.length + 16);
  bytesAt(at, bytes.length).set(bytes);
  return [
    at,
    bytes.length,
    reading?.code ?? noValue,
    reading?.column ?? -1,
    place(edge.next),
    Number(edge.startsRecord),
    edge.ahead,
    stands?.column ?? -1,
    stands?.number ?? 0,
  ];
}
