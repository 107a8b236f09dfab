package httpapi

import (
	"context"
	"net/http"
	"time"

	"guan/policy"
	"guan/store"
)

// deviceRoutes are of the devices that people sign in with, and of the stream that ends with a session.
func (a *api) deviceRoutes() []route {
	const mine, theirs = v1 + "/devices", v1 + "/org/people/{id}/devices"
	return []route{
		get(mine, person, a.devices, "devices", "My devices").gives(200, items[store.Device]{}),
		patch(mine+"/{id}", person, a.nameDevice, "nameDevice", "Give a device of mine a name").takes(smallBody, deviceName{}),
		remove(mine+"/{id}", person, a.endDevice, "endDevice", "Sign a device of mine out and forget it"),
		get(theirs, either, a.personDevices, "personDevices", "Somebody's devices").gives(200, items[store.Device]{}),
		post(theirs+"/{device}/admit", person, a.toDevice((*store.Session).AdmitDevice), "admitDevice", "Let somebody sign in from a device that waits or is blocked").gives(200, items[store.Device]{}),
		post(theirs+"/{device}/sign-out", person, a.toDevice((*store.Session).SignOutDevice), "signOutDevice", "Sign somebody's device out").gives(200, items[store.Device]{}),
		post(theirs+"/{device}/block", person, a.toDevice((*store.Session).BlockDevice), "blockDevice", "Block somebody's device; it is signed out at once").gives(200, items[store.Device]{}),
		get(v1+"/session/stream", person, a.sessionStream, "sessionStream", "A stream that says when this session is over").givesFile(200, "text/event-stream").within(streamFor),
	}
}

type deviceName struct {
	Label string `json:"label"`
}

func (a *api) devices(c *call) error {
	found, err := c.session().Devices(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

func (a *api) nameDevice(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	in, err := readBody[deviceName](c)
	if err != nil {
		return err
	}
	if err := c.session().NameDevice(c.ctx(), id, in.Label); err != nil {
		return err
	}
	return c.done()
}

func (a *api) endDevice(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	if err := c.session().EndDevice(c.ctx(), id); err != nil {
		return err
	}
	return c.done()
}

func (a *api) personDevices(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	found, err := c.session().PersonDevices(c.ctx(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

// toDevice is a route that does something to somebody's device and gives what devices they have then.
func (a *api) toDevice(act func(s *store.Session, ctx context.Context, person, device policy.ID) ([]store.Device, error)) func(*call) error {
	return func(c *call) error {
		id, err := c.pathID("id")
		if err != nil {
			return err
		}
		device, err := c.pathID("device")
		if err != nil {
			return err
		}
		left, err := act(c.session(), c.ctx(), id, device)
		if err != nil {
			return err
		}
		return c.answer(http.StatusOK, itemsOf(left))
	}
}

const (
	streamFor   = 10 * time.Minute // then the client asks anew
	streamBeats = 20 * time.Second // something is said, so that nobody between gives the connection up
	streamDrain = 200 * time.Millisecond
)

// sessionStream says nothing of any record: 'open' when it begins and 'ended' when the session is over,
// within a second. Whoever kept a page open knows then that it must go.
func (a *api) sessionStream(c *call) error {
	c.w.Header().Set("Content-Type", "text/event-stream")
	if c.r.Method == http.MethodHead {
		return nil
	}
	ctx, cancel := context.WithTimeout(c.ctx(), streamFor-streamBeats)
	defer cancel()
	over, session := make(chan error, 1), c.session()
	go func() { over <- session.Ended(ctx) }()
	connection := http.NewResponseController(c.w)
	say := func(text string) error {
		if _, err := c.w.Write([]byte(text)); err != nil {
			return err
		}
		return connection.Flush()
	}
	if say("event: open\ndata: {}\n\n") != nil {
		return nil
	}
	beat, drain := time.NewTicker(streamBeats), time.NewTicker(streamDrain)
	defer beat.Stop()
	defer drain.Stop()
	for {
		select {
		case err := <-over:
			if err == nil {
				_ = say("event: ended\ndata: {}\n\n")
			}
			return nil
		case <-drain.C:
			if a.draining.Load() {
				return nil
			}
		case <-beat.C:
			if say(": \n\n") != nil {
				return nil
			}
		}
	}
}
