package main

import (
	"net/http"
	"os"

	"example.com/queue/jobs"
	"github.com/labstack/echo/v4"
)

func main() {
	e := echo.New()
	e.HideBanner = true
	e.GET("/", func(c echo.Context) error { return c.JSON(http.StatusOK, jobs.New()) })
	e.GET("/healthz", func(c echo.Context) error { return c.String(http.StatusOK, "ok") })
	e.Logger.Fatal(e.Start(":" + os.Getenv("PORT")))
}
