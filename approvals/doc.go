// Package approvals is the state machine of requests: somebody asks for something, and a chain of
// steps says who decides it, one step after the other.
//
// A Request keeps its chain and what was decided, never who may decide: that is derived from the
// organisation as it is now, which the caller brings as a Company. Due, escalated and expired are
// computed from the instants of the step under way, so that no job has to change a request and none
// can be late. The laws: nobody decides their own request, nobody decides twice in one chain, a
// step that only those could decide who have approved already is skipped and says so, and a request
// that nobody could decide is refused when it is asked.
package approvals
