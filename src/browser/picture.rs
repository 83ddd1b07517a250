//! A standing SVG drawn to a canvas and saved as PNG. Everything stays in the page: the policy lets
//! pictures come from `data:` and `blob:` only.

use super::download;
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url};

/// Pixels of the picture per pixel of the drawing: sharp on paper and on fine screens.
const SCALE: f64 = 2.0;

/// Offers `svg` as a PNG; `false` where the browser cannot draw or save it.
pub async fn save_png(name: &str, svg: &str) -> bool {
    match draw(svg).await {
        Ok(blob) => download::blob(name, &blob),
        Err(_) => false,
    }
}

async fn draw(svg: &str) -> Result<Blob, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type("image/svg+xml");
    let source = Blob::new_with_str_sequence_and_options(&Array::of1(&svg.into()), &options)?;
    let url = Url::create_object_url_with_blob(&source)?;
    let drawn = draw_from(&url).await;
    let _ = Url::revoke_object_url(&url);
    drawn
}

async fn draw_from(url: &str) -> Result<Blob, JsValue> {
    let image = HtmlImageElement::new()?;
    image.set_src(url);
    JsFuture::from(image.decode()).await?;
    let (width, height) = (f64::from(image.natural_width()) * SCALE, f64::from(image.natural_height()) * SCALE);
    if width < 1.0 || height < 1.0 {
        return Err(JsValue::from_str("The drawing has no size."));
    }
    let document = web_sys::window().and_then(|w| w.document()).ok_or(JsValue::NULL)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.unchecked_into();
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.unchecked_into();
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
    let promise = Promise::new(&mut |done, refuse| {
        if let Err(error) = canvas.to_blob(&done) {
            let _ = refuse.call1(&JsValue::NULL, &error);
        }
    });
    // `null` where the canvas is too large for the browser.
    JsFuture::from(promise).await?.dyn_into::<Blob>()
}
