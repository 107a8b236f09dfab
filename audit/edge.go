package audit

import "golang.org/x/mod/sumdb/tlog"

// Edge is the right edge of a tree: the hashes of its whole subtrees, from large to small. It is all
// that the next leaf and the root need.
type Edge []tlog.Hash

// EdgeIndexes are the stored hashes that are the edge of a tree of some size.
func EdgeIndexes(size int64) []int64 {
	var indexes []int64
	var at int64
	for level := 62; level >= 0; level-- {
		if size&(1<<level) != 0 {
			indexes = append(indexes, tlog.StoredHashIndex(level, at>>level))
			at += 1 << level
		}
	}
	return indexes
}

// Push puts the hash of the next leaf, and tells of each subtree that it completes, from small to large.
func (e *Edge) Push(leaf int64, hash tlog.Hash, completed func(tlog.Hash)) {
	for ; leaf&1 == 1; leaf >>= 1 {
		last := len(*e) - 1
		hash = tlog.NodeHash((*e)[last], hash)
		*e = (*e)[:last]
		if completed != nil {
			completed(hash)
		}
	}
	*e = append(*e, hash)
}

// Root is the hash of the tree.
func (e Edge) Root() tlog.Hash {
	if len(e) == 0 {
		root, _ := tlog.TreeHash(0, nil) // of the empty tree, which reads nothing
		return root
	}
	root := e[len(e)-1]
	for i := len(e) - 2; i >= 0; i-- {
		root = tlog.NodeHash(e[i], root)
	}
	return root
}
