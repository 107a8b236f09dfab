package httpapi

import (
	"net/http"

	"guan/store"
)

// watermarkRoutes are of the mark over the pages; a person's own comes with who they are.
func (a *api) watermarkRoutes() []route {
	const settings = v1 + "/watermark/settings"
	return []route{
		post(v1+"/watermark/trace", person, a.traceWatermark, "traceWatermark", "To whose session the code of a watermark leads").takes(smallBody, watermarkCode{}).gives(200, items[store.WatermarkTrace]{}),
		get(settings, either, a.watermarkSettings, "watermarkSettings", "Over whose pages the watermark lies").gives(200, store.WatermarkSettings{}),
		put(settings, person, a.setWatermarkSettings, "setWatermarkSettings", "Say over whose pages the watermark lies").onMatch().takes(smallBody, watermarkChoice{}).gives(200, store.WatermarkSettings{}),
	}
}

type watermarkCode struct {
	// Code as it was read; ? stands for a symbol that cannot be read.
	Code string `json:"code"`
}

type watermarkChoice struct {
	Everyone bool `json:"everyone"`
}

func (a *api) traceWatermark(c *call) error {
	in, err := readBody[watermarkCode](c)
	if err != nil {
		return err
	}
	found, err := c.session().TraceWatermark(c.ctx(), in.Code)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

func (a *api) watermarkSettings(c *call) error {
	found, err := c.session().WatermarkSettings(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) setWatermarkSettings(c *call) error {
	version, err := c.ifMatch()
	if err != nil {
		return err
	}
	in, err := readBody[watermarkChoice](c)
	if err != nil {
		return err
	}
	set, err := c.session().SetWatermarkSettings(c.ctx(), version, in.Everyone)
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, set.Version, set)
}
