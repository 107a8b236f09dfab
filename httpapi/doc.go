// Package httpapi is Guan over HTTP: one table of routes, each a few lines between the request
// and a method of store.Session.
//
// A request becomes a call: request id, address, device and network are settled first, then the
// route is looked up, the caller is made out (cookie or token), the limits are asked, the handler
// runs. A handler reads its input strictly (readBody, query), calls the Session, and answers; it
// returns an error instead of writing one, and one table turns the fault's kind into a status and
// problem+json. What a person may not see and what does not exist are the same fault and
// therefore the same bytes.
//
// The route table is also the OpenAPI document: query parameters that a row does not declare are
// refused, and the types named in a row are the types that are read and written.
package httpapi
