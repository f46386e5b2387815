import { mount } from "svelte";
import "./app.css";
import App from "./App.svelte";
import { look } from "./state/theme.svelte";

look.apply();
const target = document.getElementById("app")!;
target.replaceChildren();
mount(App, { target });
